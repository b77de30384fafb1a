"""Letters that look like other letters, so that one name cannot pass for another.

The table is what Unicode's confusables (UTS 39) say of the letters a to z, without
those that NFKC and casefold settle. It is older than the newest Unicode, and small:
it guards the names of a few people, not every pair of names.
"""

import re
import unicodedata

# What stands for each letter. An i is an l here, as a capital I is.
LOOKALIKES = {
    "a": "ɑαаᎪᗅꓮ𐊠𖽀",
    "b": "ƅβвьᏏᏴᑲᖯᗷꓐꞵ𐊂𐊡𐌁",
    "c": "σсᏟᴄⲥꓚ𐊢𐌂𐐽𐔜",
    "d": "ԁᎠᏧᑯᗞᗪꓒꓓ",
    "e": "εеҽᎬⴹꓰꬲ𐊆𑣆𑣎",
    "f": "ϝքᖴẝꓝꞙꬵ𐊇𐊥𐔥𑣂",
    "g": "ƍɡԍցᏀᏳᶃꓖ",
    "h": "ηнһհᎻᏂᕼⲏꓧ𐋏",
    "j": "ʝϳјᎫᒍꓙ",
    "k": "κкᏦᛕⲕꓗ𐔘",
    "l": "ıǀɩɪιіӏᎥᏞᒪᛁⲓⳑⵏꓡꓲꙇ𐊊𐌉𐑃𐔦𑣃𑣒𖼖𖼨",
    "m": "μϻмᎷᗰᛖⲙꓟ𐊰𐌑",
    "n": "νոռⲛꓠ𐔓",
    "o": "οоօଠഠဝჿዐᴏᴑⲟⵔꓳꬽ𐊒𐊫𐐬𐓪𐔖𑣈𑣕𑣗",
    "p": "ρрᏢᑭⲣꓑ𐊕",
    "q": "ԛգզⵕ",
    "r": "ʀгᎡᎱᏒᖇᴦⲅꓣꭇꭈ𐓜𖼵",
    "s": "ƽѕտᏕᏚꓢꜱ𐊖𐑈𑣁𖼺",
    "t": "τтᎢⲧꓔ𐊗𐊱𐌕𑣜𖼊",
    "u": "ʋυսሀᑌᴜꓴꞟꭎꭒ𐓶𑣘𖽂",
    "v": "ѵᏙᐯᴠⴸꓦꛟ𐔝𑜆𑣀𖼈",
    "w": "ɯѡԝաᎳᏔᴡꓪ𑜊𑜎𑜏",
    "x": "χхᕁᕽᚷⲭⵝꓫꭓ𐊐𐊴𐌗𐔧",
    "y": "ɣʏγуүყᎩᎽᶌỿⲩꓬꭚ𐊲𑣄𖽃",
    "z": "ζᏃᴢꓜ𑣉",
}
# Digits and strokes that people write for letters.
FIGURES = str.maketrans("013457|i", "oleastll")
LETTERS = FIGURES | {
    ord(other): letter for letter, others in LOOKALIKES.items() for other in others
}


def skeleton(name: str) -> str:
    """A name with each letter as the plain one it looks like, without accents.

    Two names that look the same have the same skeleton. It is for comparing only.
    """
    plain = unicodedata.normalize("NFKC", name).casefold()
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFD", plain)
        if not unicodedata.combining(letter)
    )
    return bare.translate(LETTERS).replace("rn", "m").replace("vv", "w")


def letters_of(name: str) -> str:
    """The skeleton without anything between its letters: as a handle is compared."""
    return re.sub(r"[\W_]", "", skeleton(name))
