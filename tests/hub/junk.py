"""What no form or address of ours expects."""

from itertools import product

STRINGS: list[str | bytes] = [
    # Letters that are none, and bytes that are no letters
    *("", " ", "\t", "\n\n\n", "\x00", "a\x00b", "\x07", "\x1b[31mred", "\x7f", "\x85"),
    *(b"\xed\xa0\x80", b"\xff\xfe", b"\xc3", b"\xf4\x90\x80\x80", b"a\x80b", "\ufffd"),
    *("\ufeffwords", "\u2028\u2029", "\ufff9\ufffa\ufffb", "\U000e0041\U000e007f"),
    *("\u200b\u200c\u200d\u2060", "\u3164", "\u00ad\u00ad", "\u034f"),
    # Direction, marks and look-alikes
    *(
        "\u202eteews",
        "\u2066a\u2069\u2067b",
        "\u061c\u200f\u200e",
        "שלום עולם",
        "مرحبا",
    ),
    *("e" + "\u0301" * 300, "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f" * 40),
    *(
        "аdmin",
        "ɑdmіn",
        "ＡＤＭＩＮ",
        "ﬃ",
        "ß",
        "İstanbul",
        "ı",
        "ǅ",
        "𝒜𝓁𝒾𝒸𝑒",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿👩‍👩‍👧‍👦🫠" * 9,
    ),
    # Words of other languages than English
    *("%s%n%x%d", "{0.__class__}", "{{ 7*7 }}", "{% include 'x' %}", "{#", "${7*7}"),
    *(
        "' OR 1=1--",
        "'; DROP TABLE users;--",
        '"',
        "\\",
        "\\'",
        "`",
        "%",
        "_",
        "LIKE '%",
    ),
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</textarea><b>"),
    *("<!--", "]]>", "&#0;", "&#x110000;", "&" * 999, "javascript:alert(1)", "$(id)"),
    *("../../etc/passwd", "a\r\nBcc: all@example.org", "=cmd|' /C calc'!A0", "|id"),
    # Numbers and sizes
    *("0", "-1", "NaN", "Infinity", "1e999", "9" * 400, "0x10", "٣", "½", "1_000"),
    *("2024-02-30T25:61", "true", "null", "undefined", "[]", "{}", "None"),
    *("w" * 70_000, "word " * 20_000, "x" * 1_000_000, "[" * 5_000, "> " * 5_000),
]

# In place of a number or a word of an address' query.
QUERIES = [
    *("abc", "-1", "0", "1.5", "1e9", "0x1", "%D9%A3", "%C2%BD", "9" * 18, "9" * 19),
    *("9" * 400, "%00", "%FF", "%ED%A0%80", "%0A", "", "last", "None", "[]", "%7B%7D"),
    *("%27", "%25", "%5C", "%F0%9F%AB%A0", "1%2C2", "2199-99-99", "a" * 2000),
]
OF_THE_SITE = [
    *("page", "after", "to", "q", "kind", "stage", "topic", "old", "new", "order"),
    *("force", "status", "owner", "place", "letter"),
    *("profession", "tier", "next", "about", "fragment", "state", "code", "error"),
]
OF_THE_ADMIN = [
    *("o", "p", "e", "q", "all", "show", "days", "author", "id", "id__exact", "pk__in"),
    *("check", "status__exact", "policy__id__exact"),
    *("reason__in", "fresh", "owned", "next", "topics__id__exact", "created_at__gte"),
    *("term", "app_label", "model_name", "field_name", "_facets", "_popup"),
]

# In place of a part of an address' path.
PARTS = [
    *("0", "-1", "9" * 9, "9" * 18, "9" * 19, "9" * 400, "abc", "1.5", "%00", "%FF"),
    *("%0D%0Aa", "%2F..%2F", "..", "a%20b", "%E2%80%AE", "%F0%9F%AB%A0", "a" * 4100),
    *("%D9%A3", "%27", "%25", "%7B%7B7%7D%7D", "_5F", "1_2C2"),
]

_HOSTS = ("evil.example", "testserver.evil.example")
_BEFORE = [
    *(
        "//",
        "///",
        "////",
        "/\\",
        "\\\\",
        "\\/",
        "/\\/",
        "\\\\\\",
        "http://",
        "https://",
    ),
    *(
        "HTTP://",
        "http:/",
        "http:",
        "https:/",
        "http:\\\\",
        "http:///",
        "ftp://",
        "//\t",
    ),
    *(
        "/\t/",
        "/\n/",
        "\t//",
        " //",
        "\x00//",
        "\x01//",
        "\x0b//",
        "/\x00/",
        "\u00a0//",
    ),
    *("http:/\t/", "ht\ntp://", "//user:word@", "//\u2028", "/%09/", "/%5C", "//%09"),
    *(
        "\u3000//",
        "\u00a0//",
        "//\t",
        "／／",
        "/／",
        "。//",
        "//testserver:80@",
        "//[::1]@",
        "//;@",
    ),
]
ELSEWHERE = [a + b for a, b in product(_BEFORE, _HOSTS)] + [
    *("http://[x", "//[", "http://[::1", "//[::ffff:evil.example]", "http://[v1.a]/"),
    *("javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)"),
    *("data:text/html,evil.example", "vbscript:evil", "file:///etc/passwd", "x:y"),
    *(
        "//evil。example",
        "//evil%E3%80%82example",
        "//evil．example",
        "//ｅvil.example",
    ),
    *("//evil.example%00.testserver", "//evil.example#@testserver/", "http://a:b"),
    *("//evil.example?@testserver", "//testserver\\@evil.example", "http://evil:99999"),
    *(
        "//evil.example:abc",
        "http://\u0000",
        "http://%",
        "//\ud83d",
        "?next=//evil",
        "#",
    ),
    *("/" * 3000 + "evil.example", "//" + "e" * 9000 + ".example", "http://é\u0301vil"),
]
