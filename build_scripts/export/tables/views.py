"""Questions that are asked often, as views of the SQLite file.

Each counts by the same measure for everybody: who speaks or claims changes a row's name and nothing else.
"""

from __future__ import annotations

from build_scripts.export.tables.declared import View

VIEWS = (
    View(
        "checks",
        "Every published check: the claim, who makes it, verdict, finding, evidence counted by stance, in how many articles.",
        (
            "id", "url", "claim_reviewed", "claimants", "verdict", "value", "summary", "published", "checked",
            "supports", "undermines", "context", "articles",
        ),
        """
SELECT c.id, c.url, c.claim_reviewed,
       (SELECT group_concat(name, '; ') FROM (
          SELECT t.name FROM claimants m JOIN entities t ON t.id = m.entity WHERE m.claim = c.id ORDER BY m.position)),
       r.label, r.value, c.summary, c.published, c.checked,
       count(e.id) FILTER (WHERE e.stance = 'supports'),
       count(e.id) FILTER (WHERE e.stance = 'undermines'),
       count(e.id) FILTER (WHERE e.stance = 'context'),
       (SELECT count(DISTINCT article) FROM appearances a WHERE a.claim = c.id)
FROM claims c JOIN ratings r ON r.id = c.rating LEFT JOIN evidence e ON e.claim = c.id
GROUP BY c.id ORDER BY c.published DESC, c.id""",
    ),
    View(
        "claims_in_articles",
        "Every place where a claim stands: the words, the article, and the verdict, if there is one.",
        (
            "article", "headline", "publisher", "published", "words", "claim", "claim_reviewed", "state", "verdict",
            "value", "url",
        ),
        """
SELECT a.article, t.headline, t.publisher, t.published, a.exact, c.id, c.claim_reviewed, c.state, r.label, r.value, a.url
FROM appearances a JOIN articles t ON t.id = a.article JOIN claims c ON c.id = a.claim LEFT JOIN ratings r ON r.id = c.rating
ORDER BY t.published DESC, a.article, a.start, a.id""",
    ),
    View(
        "quotations_by_speaker",
        "Every quotation with its speaker and its article, in the order of the speakers' names.",
        (
            "speaker", "name", "type", "kind", "cue", "text", "date", "article", "headline", "publisher", "published",
            "url",
        ),
        """
SELECT q.speaker, q.speaker_name, e.type, q.kind, q.cue, q.text, q.date, q.article, t.headline, t.publisher, t.published, q.url
FROM quotations q JOIN articles t ON t.id = q.article LEFT JOIN entities e ON e.id = q.speaker
ORDER BY q.is_anonymous, q.speaker_name, q.speaker, t.published DESC, q.article, q.id""",
    ),
    View(
        "speakers",
        "How often each speaker is quoted, and how; sources without a name by their description.",
        ("speaker", "name", "type", "quotations", "direct", "indirect", "mixed", "articles"),
        """
SELECT q.speaker, q.speaker_name, e.type, count(*),
       count(*) FILTER (WHERE q.kind = 'direct'),
       count(*) FILTER (WHERE q.kind = 'indirect'),
       count(*) FILTER (WHERE q.kind = 'mixed'),
       count(DISTINCT q.article)
FROM quotations q LEFT JOIN entities e ON e.id = q.speaker
GROUP BY q.speaker, q.speaker_name ORDER BY count(*) DESC, q.speaker_name, q.speaker""",
    ),
    View(
        "evidence_by_stance",
        "What each published check rests on: sources for, against and for context, and how many of them are primary.",
        (
            "claim", "claim_reviewed", "verdict", "supports", "undermines", "context", "primary_sources",
            "secondary_sources", "computations",
        ),
        """
SELECT c.id, c.claim_reviewed, r.label,
       count(*) FILTER (WHERE e.stance = 'supports'),
       count(*) FILTER (WHERE e.stance = 'undermines'),
       count(*) FILTER (WHERE e.stance = 'context'),
       count(*) FILTER (WHERE e.kind = 'primary'),
       count(*) FILTER (WHERE e.kind = 'secondary'),
       count(*) FILTER (WHERE e.kind = 'computation')
FROM evidence e JOIN claims c ON c.id = e.claim LEFT JOIN ratings r ON r.id = c.rating
GROUP BY c.id ORDER BY c.id""",
    ),
    View(
        "verdicts_by_claimant",
        "How often the claims of each claimant got each verdict. A claim of several counts once for each of them.",
        ("claimant", "name", "type", "verdict", "value", "checks"),
        """
SELECT e.id, e.name, e.type, r.label, r.value, count(*)
FROM claimants m JOIN claims c ON c.id = m.claim JOIN ratings r ON r.id = c.rating JOIN entities e ON e.id = m.entity
GROUP BY e.id, r.id ORDER BY e.name, e.id, r.position""",
    ),
    View(
        "entities_by_mentions",
        "How often each entity is named, and in how many articles.",
        ("entity", "name", "type", "mentions", "articles"),
        """
SELECT e.id, e.name, e.type, count(m.id), count(DISTINCT m.article)
FROM entities e LEFT JOIN mentions m ON m.entity = e.id
GROUP BY e.id ORDER BY count(m.id) DESC, e.name, e.id""",
    ),
)  # fmt: skip
