#!/bin/sh
# Makes the fonts of this folder anew: make.sh FOLDER, where FOLDER holds the Noto fonts as Debian's fonts-noto-core has them.
# Needs pyftsubset and pyftmerge, which come with fonttools.
set -eu
from=${1:?the folder of the Noto fonts, such as /usr/share/fonts/truetype/noto}
to=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
# What is written into the fonts as the day on which they were made.
export SOURCE_DATE_EPOCH=0

latin=U+0020-024F,U+0259,U+02B0-02FF,U+0300-036F,U+0370-03FF,U+0400-052F,U+1E00-1EFF,U+1F00-1FFF,U+2000-209F
latin=$latin,U+20A0-20BF,U+2100-214F,U+2190-2193,U+2212,U+2248,U+2260,U+2264-2265,U+FEFF,U+FFFD
arabic=U+0020-007E,U+00A0,U+00AB,U+00BB,U+0600-06FF,U+0750-077F,U+200C-200F,U+2010-2027,U+202A-202E,U+25CC,U+2066-2069
joining=ccmp,isol,fina,medi,init,rlig,calt,liga,curs,kern,mark,mkmk,locl

# subset NAME SIGNS FEATURES
subset() {
	pyftsubset "$from/$1-$weight.ttf" --unicodes="$2" --layout-features="$3" --no-hinting --name-IDs='*' \
		--output-file="$work/$1-$weight.ttf"
}

for weight in Regular Bold; do
	subset NotoSans "$latin" kern,liga,mark,mkmk,ccmp,locl
	subset NotoSansArabic "$arabic" "$joining"
	subset NotoSansHebrew '*' '*'
	# The first one that has a sign gives it.
	(cd "$work" && pyftmerge --output-file="$to/NotoSans-$weight.ttf" \
		"NotoSans-$weight.ttf" "NotoSansArabic-$weight.ttf" "NotoSansHebrew-$weight.ttf")
done
