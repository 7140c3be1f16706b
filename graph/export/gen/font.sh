#!/bin/sh
# Writes font/noto-sans-sc.otf: the glyphs of Noto Sans CJK SC Regular that labels of pictures need, without hints and layout
# tables. It wants fontTools (Debian: python3-fonttools) and the font collection (Debian: fonts-noto-cjk 1:20220127).
#
# Kept are ASCII, Latin-1, punctuation, circled numbers, Greek, Cyrillic, full-width forms, and all of the block CJK Unified
# Ideographs: a person's name is not to become a box because its character is rare.
set -eu
cd "$(dirname "$0")/.."
/usr/bin/python3 -m fontTools.subset "${1:-/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc}" --font-number=2 \
  --unicodes=0020-007E,00A0-00FF,0391-03C9,0410-044F,2010-2027,2030-203B,20AC,2103,2116,2160-2169,2190-2193,2460-2473,25A0-25CF,3000-3017,4E00-9FFF,FF01-FF5E,FFE5 \
  --layout-features='' --no-hinting --notdef-outline --name-IDs=0,1,2,13,14 \
  --drop-tables+=vhea,vmtx,VORG,GSUB,GPOS,GDEF,BASE,STAT --output-file=font/noto-sans-sc.otf
