using DocumentAgents.Reading;
using Xunit;

namespace Agents.Tests.Reading;

/// <summary>XML and JSON.</summary>
public sealed class TreeFormatTests
{
    [Fact]
    public void Read_Xml_GivesTreeAndLinesWithPaths()
    {
        var content = ReadingSamples.Content(
            "a.xml", """<i:Invoice xmlns:i="urn:i"><i:ID>7</i:ID><i:Line n="1">x</i:Line><i:Line n="2">y</i:Line></i:Invoice>""");
        Assert.Equal(
            [("ID: 7", "/i:Invoice/i:ID"), ("@n: 1", "/i:Invoice/i:Line[1]/@n"), ("Line: x", "/i:Invoice/i:Line[1]"),
                ("@n: 2", "/i:Invoice/i:Line[2]/@n"), ("Line: y", "/i:Invoice/i:Line[2]")],
            content.Lines.Select(line => (line.Text, line.Place.Value)));
        Assert.Equal("/i:Invoice/i:Line[2]", Place.XPath(content.Xml!.Root!.Elements().Last()).Value);
    }

    [Theory]
    [InlineData("<!DOCTYPE a [<!ENTITY x \"lol\">]><a>&x;</a>")]
    [InlineData("<!DOCTYPE a [<!ELEMENT a ANY>]><a/>")]
    [InlineData("<!DOCTYPE a SYSTEM \"http://127.0.0.1/a.dtd\"><a>&x;</a>")]
    [InlineData("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>")]
    [InlineData("<!DOCTYPE a SYSTEM \"http://127.0.0.1/a.dtd\" [<!ENTITY % p SYSTEM 'http://127.0.0.1/b'> %p;]><a/>")]
    public void Read_XmlThatDefinesOrBringsInEntities_IsUnsafe(string xml) =>
        Assert.Equal(ReadFailureCodes.UnsafeXml, ReadingSamples.Failure("a.xml", xml).Code);

    [Fact]
    public void Read_XmlThatOnlyNamesItsDtd_IsReadWithoutIt() => Assert.Equal(
        "/cXML/Header",
        ReadingSamples.Content("a.xml", "<?xml version=\"1.0\"?><!-- c -->\n<!DOCTYPE cXML SYSTEM \"http://127.0.0.1/cXML.dtd\">\n<cXML><Header>A &amp; B</Header></cXML>").Lines.Single().Place.Value);

    [Fact]
    public void Read_XmlCutOff_IsMalformedAndSaysWhere()
    {
        var failure = ReadingSamples.Failure("a.xml", "<a>\n<b>1</b>");
        Assert.Equal(ReadFailureCodes.Malformed, failure.Code);
        Assert.StartsWith("2", failure.Place!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_XmlTooDeepOrTooWide_IsLimitExceeded()
    {
        Assert.Equal(ReadFailureCodes.LimitExceeded,
            ReadingSamples.Failure("a.xml", string.Concat(Enumerable.Repeat("<a>", 100_000))).Code);
        Assert.Equal(ReadFailureCodes.LimitExceeded,
            ReadingSamples.Failure("a.xml", "<a><b/><b/><b/></a>", new ReadLimits { MaxXmlNodes = 3 }).Code);
        var attributes = string.Concat(Enumerable.Range(0, 100_000).Select(i => $" a{i}=''"));
        Assert.Equal(ReadFailureCodes.LimitExceeded, ReadingSamples.Failure("a.xml", $"<a{attributes}/>").Code);
    }

    [Fact]
    public void Read_Json_GivesTreeAndLinesWithPaths()
    {
        var content = ReadingSamples.Content(
            "a.json", """{"invoice": {"number": "A-1", "lines": [{"net": 10.50}], "my key": true, "none": null}}""");
        Assert.Equal(
            [("number: A-1", "$.invoice.number"), ("net: 10.50", "$.invoice.lines[0].net"), ("my key: true", "$.invoice['my key']")],
            content.Lines.Select(line => (line.Text, line.Place.Value)));
        Assert.Equal("A-1", content.Json!["invoice"]!["number"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("{\"a\": 1, \"a\": 2}")]
    [InlineData("{\"a\": 1,}")]
    [InlineData("{\"a\": 1")]
    [InlineData("[\"\\ud800\"]")]
    [InlineData("// comment\n{}")]
    public void Read_JsonThatReadersCouldDifferAbout_IsMalformed(string json) =>
        Assert.Equal(ReadFailureCodes.Malformed, ReadingSamples.Failure("a.json", json).Code);

    [Fact]
    public void Read_JsonTooDeepOrTooMany_IsLimitExceeded()
    {
        Assert.Equal(ReadFailureCodes.LimitExceeded, ReadingSamples.Failure("a.json", new string('[', 60_000)).Code);
        Assert.Equal(ReadFailureCodes.LimitExceeded,
            ReadingSamples.Failure("a.json", "[1,2,3,4]", new ReadLimits { MaxJsonValues = 3 }).Code);
    }

    [Fact]
    public void Read_SmallJsonThatRepeatsALongName_StaysSmall()
    {
        var json = $"{{\"{new string('k', 100_000)}\": [{string.Join(',', Enumerable.Repeat("1", 10_000))}]}}";
        Assert.True(ReadingSamples.Content("a.json", json).Text.Length < 10_000_000);
    }
}
