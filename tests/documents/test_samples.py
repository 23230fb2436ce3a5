"""The sample documents are what their tables say: the encodings, the places of every number, the arithmetic, the flaws."""

import re
import tomllib
import zipfile
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from itertools import pairwise

import make
import pdfplumber
import pytest
import sample_words as reading

FLAWS = tomllib.loads((reading.EXPECTED / "flaws.toml").read_text(encoding="utf-8"))["flaw"]
SOURCES = tomllib.loads((reading.EXPECTED / "documents.toml").read_text(encoding="utf-8"))["source"]
FACTS = [reading.Fact(*row) for row in reading.rows("facts.tsv")]
SUMS = [reading.Sum(*row) for row in reading.rows("arithmetic.tsv")]
COMMITMENTS = [reading.Commitment(*row) for row in reading.rows("commitments.tsv")]
COMPILATION = "departments-2021h1.txt"


def recomputed(operation: str, inputs: list[Decimal], digits: int) -> Decimal:
    """The operation's result rounded half up to ``digits`` decimals."""
    a, *others = inputs
    match operation:
        case "sum":
            result = sum(inputs, Decimal(0))
        case "difference":
            result = a - others[0]
        case "percent":
            result = 100 * a / others[0]
        case "growth":
            result = 100 * (a / others[0] - 1)
        case "avg2y":
            result = 100 * (((1 + a / 100) * (1 + others[0] / 100)).sqrt() - 1)
        case _:
            raise ValueError(operation)
    return result.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def members(package: bytes) -> dict[str, bytes]:
    """The members of a zip package by name, unpacked (how they were packed depends on the zlib at hand)."""
    with zipfile.ZipFile(BytesIO(package)) as members:
        return {name: members.read(name) for name in members.namelist()}


def test_every_sample_is_described() -> None:
    """The folder's documents are the described ones, and the README names them all."""
    held = {
        path.name for path in reading.SAMPLES.iterdir() if path.suffix in {".txt", ".html", ".docx", ".pdf"}
    }
    readme = (reading.SAMPLES / "README.md").read_text(encoding="utf-8")
    assert held == {source["name"] for source in SOURCES}
    assert [name for name in held if f"`{name}`" not in readme] == []


@pytest.mark.parametrize("name", [name for name in make.MADE if name.endswith(".txt")])
def test_packed_texts_are_what_make_gives(name: str) -> None:
    """The packed text files are byte for byte what ``make.py`` gives."""
    assert make.MADE[name]() == reading.raw(name)


def test_packed_word_file_is_what_make_gives() -> None:
    """The packed Word file has the members that ``make.py`` gives, and making it twice gives the same bytes."""
    packed, made = members(reading.raw("fagai-2020h1.docx")), members(make.summary())
    assert packed == made
    assert make.summary() == make.summary()


def test_pdf_says_what_make_gives() -> None:
    """The packed PDF has a text layer with the words of its source, a running header and page numbers."""
    source = re.sub(r"^[#@] ", "", make.source("yunxiu-press-2020h1.txt"), flags=re.MULTILINE)
    assert reading.words("yunxiu-press-2020h1.pdf") == reading.plain(source)
    with pdfplumber.open(reading.SAMPLES / "yunxiu-press-2020h1.pdf") as pdf:
        pages = [reading.plain(page.extract_text()) for page in pdf.pages]
    assert len(pages) >= 2
    for number, page in enumerate(pages, 1):
        assert page.startswith("临澜市人民政府新闻办公室新闻发布会实录")
        assert page.endswith(f"第{number}页共{len(pages)}页")


def test_encodings() -> None:
    """The report is GB18030 with CRLF and full-width digits and is no UTF-8; the compilation is UTF-8 with LF."""
    report = reading.raw("wanghai-ranking-2023.txt")
    with pytest.raises(UnicodeDecodeError):
        report.decode("utf-8")
    assert report.count(b"\r\n") == report.count(b"\n") > 20
    assert "９７．３２" in report.decode("gb18030")
    assert b"\r" not in reading.raw(COMPILATION)
    assert not reading.raw(COMPILATION).startswith(b"\xef\xbb\xbf")


def test_compilation_holds_six_of_eight() -> None:
    """Eight dates and eight titles with page numbers are announced; six titles stand again in the body, in order."""
    lines = reading.raw(COMPILATION).decode().splitlines()
    [described] = [source for source in SOURCES if source["name"] == COMPILATION]
    contents = lines.index("目录")
    dates = lines[:contents]
    announced = [re.fullmatch(r"(.+) (\d+)", line) for line in lines[contents + 1 : contents + 9]]
    titles = [match[1] for match in announced if match]
    pages = [int(match[2]) for match in announced if match]
    body = lines[contents + 9 :]
    held = [(line, after) for line, after in pairwise(body) if line in titles]
    assert len(dates) == len(titles) == 8
    assert titles == described["announced"]
    assert pages == sorted(pages)
    assert [title for title, _ in held] == [document["title"] for document in described["document"]]
    assert [dates[titles.index(title)] for title, _ in held] == [date for _, date in held]
    assert [title for title in titles if title not in body] == described["absent"]


def test_compilation_is_wrapped_and_cut_short() -> None:
    """Some line ends stand inside a word or a number, and the last sentence has no end."""
    text = reading.raw(COMPILATION).decode()
    inside = re.findall(r"[\w,、“]\n[\w%]", text[text.rindex("2021-09-02") :])
    assert sum(bool(re.fullmatch(r"[一-鿿]\n[一-鿿]", pair)) for pair in inside) >= 6
    assert re.search(r"\d\n\d", text)
    assert re.search(r"[一-鿿]\n\d", text)
    assert text.endswith("新增博士后科研")
    assert 9000 <= len(text) <= 14000


@pytest.mark.parametrize("fact", FACTS, ids=lambda f: f"{f.source}-{f.document}-{f.quote[:24]}")
def test_fact_stands_in_its_source(fact: reading.Fact) -> None:
    """The quoted words are in the sample once and the marked number is the value (but for its sign)."""
    assert reading.words(fact.source).count(reading.unmarked(fact.quote)) == 1
    assert reading.marked(fact.quote) == fact.value.lstrip("-")


def test_every_document_has_facts() -> None:
    """At least eleven facts are written down for each document, and each of the seven kinds is there."""
    for source in SOURCES:
        for ordinal, _ in enumerate(source["document"], 1):
            of_it = [f for f in FACTS if (f.source, f.document) == (source["name"], str(ordinal))]
            assert len(of_it) >= 11, (source["name"], ordinal)
    assert {f.kind for f in FACTS} == {"level", "rate", "change", "delta", "gap", "rank", "completion"}


@pytest.mark.parametrize("line", SUMS, ids=lambda s: f"{s.source}-{s.quote[:24]}")
def test_arithmetic(line: reading.Sum) -> None:
    """A stated number agrees with its terms within rounding, unless the disagreement is planted."""
    assert reading.unmarked(line.quote) in reading.words(line.source)
    stated = reading.marked(line.quote)
    digits = len(stated.partition(".")[2])
    agrees = recomputed(line.operation, [Decimal(n) for n in line.inputs.split()], digits) == Decimal(stated)
    planted = {flaw["id"] for flaw in FLAWS if flaw["kind"] in {"sum", "growth"}}
    assert agrees is (line.flaw == "")
    assert line.flaw == "" or line.flaw in planted


@pytest.mark.parametrize("flaw", FLAWS, ids=lambda f: str(f["id"]))
def test_flaw_stands_where_it_is_said_to(flaw: dict[str, list[list[str]]]) -> None:
    """The words of every planted flaw are in its samples."""
    for name, quote in flaw["places"]:
        assert reading.plain(quote) in reading.words(name)


def test_repeated_passage() -> None:
    """The repeated paragraph stands twice, word for word."""
    [repeated] = [flaw for flaw in FLAWS if flaw["kind"] == "repeated"]
    [[name, quote]] = repeated["places"]
    first, second = [m.start() for m in re.finditer(quote, reading.words(name))]
    assert reading.words(name)[first : first + 150] == reading.words(name)[second : second + 150]


@pytest.mark.parametrize("commitment", COMMITMENTS, ids=lambda c: c.plan)
def test_commitments(commitment: reading.Commitment) -> None:
    """A plan of 2020-H1 has its follow-up in 2021-H1, and a silent one has none."""
    later = reading.words(COMPILATION)
    assert reading.plain(commitment.plan) in reading.words("fagai-2020h1.docx")
    assert reading.plain(commitment.follow_up) in later
    assert (commitment.became == "silent") is (commitment.follow_up == "")
    for word in ("应急物资储备中心", "跨湾"):
        assert word not in later


def test_two_districts_speak_of_the_same() -> None:
    """At least fifteen indicators are spoken of by both districts, so that they can stand side by side."""
    shared = [
        "生产总值",
        "规模以上工业增加值",
        "固定资产投资",
        "一般公共预算收入",
        "外贸进出口",
        "出口",
        "进口",
        "实际使用外资",
        "新签约项目",
        "区级以上重点项目",
        "开工率",
        "新登记市场主体",
        "市场主体总量",
        "减税降费",
        "贷款余额",
        "城镇新增就业",
        "民生支出",
        "新增学位",
        "改造老旧小区",
        "跨境电商进出口",
        "对东盟进出口",
        "工业技改投资",
        "专项债券",
    ]
    for name in ("wanghai-press-2020h1.html", "yunxiu-press-2020h1.pdf"):
        assert [word for word in shared if word not in reading.words(name)] == []
    assert len(shared) >= 15
