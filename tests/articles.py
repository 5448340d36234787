"""Articles that no one wrote, in several scripts, and what an editor does to them: what tests of re-anchoring draw from."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from build_scripts.anchoring.anchor import Span

WORDS = {
    "en": "harbour council ferry winter road letter teacher signal garden window bridge river number story market engine "
    "paper captain forest valley music answer question island morning",
    "de": "Hafen Brücke Straße Winter Lehrerin Zeitung Fähre Garten Fenster Wald Abend Frage Antwort Insel Markt Motor Brief "
    "schnell langsam hell fährt baut liest hört",
    "uk": "місто річка міст зима дорога лист учитель сигнал сад вікно газета пором ліс долина музика відповідь питання острів "
    "ранок ринок їде будує читає чує",
    "ar": "مدينة نهر جسر شتاء طريق رسالة معلم إشارة حديقة نافذة صحيفة عبارة غابة واد موسيقى جواب سؤال جزيرة صباح سوق يبني يقرأ",
    "he": "עיר נהר גשר חורף דרך מכתב מורה אות גן חלון עיתון מעבורת יער עמק מוזיקה תשובה שאלה אי בוקר שוק בונה קורא",
    "zh": "城 河 桥 冬 路 信 师 号 园 窗 报 船 林 谷 乐 答 问 岛 晨 市 建 读 听 走",
}  # fmt: skip
SENTENCE = (9, 16)
"""Words of a sentence, from, to."""


@dataclass(frozen=True)
class Article:
    """Paragraphs of sentences; no two sentences are the same."""

    language: str
    paragraphs: tuple[tuple[str, ...], ...]

    @property
    def text(self) -> str:
        """Paragraphs with a blank line between them."""
        return "\n\n".join(map(" ".join, self.paragraphs))

    def starts(self) -> list[list[int]]:
        """Where each sentence of each paragraph starts in the text."""
        starts: list[list[int]] = []
        at = 0
        for paragraph in self.paragraphs:
            starts.append([])
            for sentence in paragraph:
                starts[-1].append(at)
                at += len(sentence) + 1
            at += 1
        return starts

    def sentences(self) -> list[str]:
        """All of them, in order."""
        return [sentence for paragraph in self.paragraphs for sentence in paragraph]

    def with_paragraphs(self, paragraphs: Sequence[Sequence[str]]) -> Article:
        """Another version."""
        return Article(self.language, tuple(map(tuple, paragraphs)))


def article(seed: int, language: str) -> Article:
    """The article of that number: four to eight paragraphs."""
    choice = random.Random(f"{seed} {language}")  # noqa: S311 -- repeatable on purpose
    sentences: dict[str, None] = {}
    sizes = [choice.randint(1, 4) for _ in range(choice.randint(4, 8))]
    while len(sentences) < sum(sizes):
        sentences[_sentence(choice, language)] = None
    drawn = iter(sentences)
    return Article(language, tuple(tuple(next(drawn) for _ in range(size)) for size in sizes))


def part(sentence: str, choice: random.Random) -> Span:
    """A span of the sentence: all of it, or some words."""
    starts = [0, *(at + 1 for at, char in enumerate(sentence) if char == " ")]
    ends = [at for at, char in enumerate(sentence) if char == " "] + [len(sentence)]
    first = choice.randrange(len(starts))
    last = choice.randrange(first, len(starts))
    return Span(0, len(sentence)) if choice.random() < 0.3 else Span(starts[first], ends[last])


def rewritten(sentence: str, share: float, words: Sequence[str], choice: random.Random) -> str:
    """The sentence with about that share of its words replaced."""
    return " ".join(choice.choice(words) if choice.random() < share else word for word in sentence.split(" "))


@dataclass(frozen=True)
class Scene:
    """What an edit gets: an article, a paragraph and a sentence in it by number, other sentences, chance."""

    article: Article
    paragraph: int
    sentence: int
    others: Sequence[str]
    choice: random.Random

    def paragraphs(self) -> list[list[str]]:
        """To be changed."""
        return [list(paragraph) for paragraph in self.article.paragraphs]

    def other(self) -> str:
        """A sentence from elsewhere."""
        return self.choice.choice(self.others)

    def words(self) -> list[str]:
        """Words from elsewhere."""
        return self.other().split(" ")


Edit = Callable[[Scene], list[list[str]]]


def delete_sentence(scene: Scene) -> list[list[str]]:
    paragraphs = scene.paragraphs()
    del paragraphs[scene.paragraph][scene.sentence]
    return paragraphs


def delete_paragraph(scene: Scene) -> list[list[str]]:
    paragraphs = scene.paragraphs()
    del paragraphs[scene.paragraph]
    return paragraphs


def replace_sentence(scene: Scene) -> list[list[str]]:
    paragraphs = scene.paragraphs()
    paragraphs[scene.paragraph][scene.sentence] = scene.other()
    return paragraphs


def replace_paragraph(scene: Scene) -> list[list[str]]:
    paragraphs = scene.paragraphs()
    paragraphs[scene.paragraph] = [scene.other() for _ in paragraphs[scene.paragraph]]
    return paragraphs


def look_alike_elsewhere(scene: Scene) -> list[list[str]]:
    """The sentence goes; another that shares most of its words comes two paragraphs away or further."""
    paragraphs = scene.paragraphs()
    sentence = paragraphs[scene.paragraph].pop(scene.sentence)
    away = [at for at in range(len(paragraphs)) if abs(at - scene.paragraph) > 1]
    if away:
        words = rewritten(sentence, 0.4, scene.words(), scene.choice).split(" ")
        words[len(words) // 2] = "".join(scene.words()[:2])  # at least one
        paragraphs[scene.choice.choice(away)].append(" ".join(words))
    return paragraphs


def move_paragraph(scene: Scene) -> list[list[str]]:
    paragraphs = scene.paragraphs()
    moved = paragraphs.pop(scene.paragraph)
    paragraphs.insert(scene.choice.randrange(len(paragraphs) + 1), moved)
    return paragraphs


def shuffle(scene: Scene) -> list[list[str]]:
    paragraphs = scene.paragraphs()
    scene.choice.shuffle(paragraphs)
    return paragraphs


def rewrite_neighbours(scene: Scene) -> list[list[str]]:
    paragraphs = scene.paragraphs()
    mine = paragraphs[scene.paragraph]
    for at, sentence in enumerate(mine):
        if at != scene.sentence:
            mine[at] = rewritten(sentence, 0.8, scene.words(), scene.choice)
    return paragraphs


def insert_paragraphs(scene: Scene) -> list[list[str]]:
    paragraphs = scene.paragraphs()
    for _ in range(3):
        paragraphs.insert(scene.choice.randrange(len(paragraphs) + 1), [scene.other(), scene.other()])
    return paragraphs


def split(scene: Scene) -> list[list[str]]:
    paragraphs = scene.paragraphs()
    mine = paragraphs[scene.paragraph]
    paragraphs[scene.paragraph : scene.paragraph + 1] = filter(None, [mine[: scene.sentence], mine[scene.sentence :]])
    return paragraphs


def merge(scene: Scene) -> list[list[str]]:
    paragraphs = scene.paragraphs()
    at = max(0, scene.paragraph - 1)
    paragraphs[at : at + 2] = [[sentence for paragraph in paragraphs[at : at + 2] for sentence in paragraph]]
    return paragraphs


def noise_elsewhere(scene: Scene) -> list[list[str]]:
    """All other sentences may stay, go, be replaced or be rewritten."""

    def edited(sentence: str) -> list[str]:
        fate = scene.choice.random()
        if fate < 0.12:
            return []
        if fate < 0.24:
            return [scene.other()]
        return [rewritten(sentence, 0.2, scene.words(), scene.choice) if fate < 0.5 else sentence]

    return [
        [
            now
            for at, sentence in enumerate(paragraph)
            for now in ([sentence] if (number, at) == (scene.paragraph, scene.sentence) else edited(sentence))
        ]
        for number, paragraph in enumerate(scene.article.paragraphs)
    ]


GONE: tuple[Edit, ...] = (delete_sentence, delete_paragraph, replace_sentence, replace_paragraph, look_alike_elsewhere)
"""Edits after which the sentence stands nowhere."""

KEPT: tuple[Edit, ...] = (
    move_paragraph, shuffle, rewrite_neighbours, insert_paragraphs, split, merge, noise_elsewhere,
)  # fmt: skip
"""Edits after which it stands somewhere as it was."""


def _sentence(choice: random.Random, language: str) -> str:
    words = WORDS[language].split()
    drawn = choice.choices(words, k=choice.randint(*SENTENCE))
    return drawn[0].capitalize() + " " + " ".join(drawn[1:]) + "."
