"""Words that would act in a page, if they were not just words."""

ATTACKS = (
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    "</style><style>*{display:none}</style>",
    '<img src="https://evil.example/x.png" onerror="alert(3)">',
    "<svg/onload=alert(4)>",
    "<iframe src='javascript:alert(5)'></iframe>",
    '"><a href="javascript:alert(6)">click</a>',
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href='https://evil.example/'>",
    "<!-- --!> <![CDATA[ ]]> &lt;script&gt;alert(7)&lt;/script&gt;",
    "{{ 7*7 }} {% raw %} ${alert(8)}",
    "\u2028alert(9)\u2029",
    "\u202egnihton kcattA\u202c \u2066isolated\u2069",
    "\x0b\x0c\x1b[31mred\x1b[0m",
    "javascript:alert(10)",
)
