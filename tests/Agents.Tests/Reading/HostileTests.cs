using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Agents.Tests.Documents;
using DocumentAgents.Reading;
using Xunit;

namespace Agents.Tests.Reading;

/// <summary>Files made to exhaust or mislead a reader end in the class of error that says so.</summary>
public sealed class HostileTests
{
    private static readonly ReadLimits Small = ReadLimits.Default with { MaxExpandedBytes = 1 << 20 };

    // Without its limits each of these runs for hours.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    [Fact]
    public void EveryPattern_HasATimeLimit()
    {
        var patterns = typeof(DocumentReader).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public))
            .Where(method => method.GetCustomAttribute<GeneratedRegexAttribute>() is not null)
            .Select(method => (Regex)method.Invoke(null, null)!)
            .ToList();

        Assert.True(patterns.Count > 100);
        // What cannot backtrack takes time in proportion to its text and needs no limit.
        Assert.DoesNotContain(
            patterns, pattern => pattern.MatchTimeout == Regex.InfiniteMatchTimeout
            && !pattern.Options.HasFlag(RegexOptions.NonBacktracking));
    }

    [Theory]
    [InlineData("/RunLengthDecode", "\\201x", 20_000)]
    [InlineData("/ASCII85Decode", "z", 400_000)]
    public void Read_StreamThatGrows_IsLimitExceeded(string filter, string piece, int times)
    {
        var data = string.Concat(Enumerable.Repeat(piece.Replace("\\201", "\u0081", StringComparison.Ordinal), times));
        var pdf = ReadingSamples.Pdf(
            "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R/Contents 4 0 R>>",
            ReadingSamples.Stream(data, $"/Filter{filter}"));

        Assert.Equal(ReadFailureCodes.LimitExceeded, ReadingSamples.Failure("a.pdf", pdf, Small).Code);
    }

    [Theory]
    [InlineData("<a x='>' ")]
    [InlineData("<!-- ' --><a x=\"'>\" ")]
    [InlineData("<![CDATA[\"]]><a x='1' ")]
    public void Read_WideTagBehindAQuotedBracket_IsLimitExceeded(string start)
    {
        var xml = new StringBuilder("<r>").Append(start);
        for (var index = 0; index < 3_000; index++)
        {
            xml.Append('a').Append(index).Append("='' ");
        }

        Assert.Equal(ReadFailureCodes.LimitExceeded, ReadingSamples.Failure("a.xml", xml.Append("/></r>").ToString()).Code);
    }

    [Fact]
    public void Read_ValueFullOfEqualSigns_IsNoWideTag() =>
        Assert.Contains("====", ReadingSamples.Content("a.xml", $"<r><a x='{new string('=', 5_000)}'/></r>").Text,
            StringComparison.Ordinal);

    [Fact]
    public async Task Process_PagesOfSumsThatAllAddUp_Ends()
    {
        var rows = string.Concat(Enumerable.Repeat(string.Concat(Enumerable.Repeat("1.00   1.00   2.00   ", 90)) + "\n", 1_000));
        var text = "INVOICE\nInvoice number: 17\nDate: 2026-03-02\nNet 1.00\nVAT 1.00\nTotal 2.00\n" + rows;

        var reading = Task.Run(() => Extracting.From("sums.txt", text), TestContext.Current.CancellationToken);

        Assert.NotNull(await reading.WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Process_OneEndlessLineOfAProgram_Ends()
    {
        var text = string.Concat(Enumerable.Repeat(new string('=', 4_000) + "\n", 1_000));

        var reading = Task.Run(() => Extracting.From("lines.txt", text), TestContext.Current.CancellationToken);

        Assert.NotNull(await reading.WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("XFD1048576")]
    [InlineData("ZZZZZZ99999999999")]
    public void Read_SheetWithFarCells_EndsWithinItsLimits(string cell)
    {
        var sheet = ReadingSamples.Xlsx(
            $"<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"{cell}\"><v>2</v></c></row>");

        AssertForeseen(ReadingSamples.Read("a.xlsx", sheet));
    }

    [Theory]
    [InlineData("a.pdf", "%PDF-1.7\n1 0 obj\n", "[", 200_000)]
    [InlineData("a.pdf", "%PDF-1.7\n1 0 obj\n", "<</A", 100_000)]
    [InlineData("a.html", "<html><body>", "<div>", 200_000)]
    [InlineData("a.html", "<html><body>", "<table><tr><td>", 100_000)]
    [InlineData("a.json", "", "{\"a\":", 100_000)]
    [InlineData("a.xml", "", "<a>", 100_000)]
    [InlineData("a.csv", "a,b\n", "\"", 100_001)]
    [InlineData("a.eml", "From: a@b.example\nContent-Type: multipart/mixed; boundary=a\n\n",
        "--a\nContent-Type: multipart/mixed; boundary=a\n\n", 20_000)]
    [InlineData("a.txt", "", "(((((1.000,00 ", 50_000)]
    public void Read_NestingRepeated_EndsInAForeseenResult(string name, string start, string piece, int times) =>
        AssertForeseen(ReadingSamples.Read(name, Encoding.UTF8.GetBytes(start + string.Concat(Enumerable.Repeat(piece, times)))));

    [Theory]
    [InlineData("a.pdf", "<?xml version=\"1.0\"?><a/>")]
    [InlineData("a.xml", "%PDF-1.4\n%%EOF")]
    [InlineData("a.docx", "%PDF-1.4\n%%EOF")]
    public void Read_TwoFormatsAtOnce_AreRefused(string name, string text) =>
        Assert.IsType<ReadResult.Failed>(ReadingSamples.Read(name, Encoding.UTF8.GetBytes(text)));

    private static void AssertForeseen(ReadResult result)
    {
        if (result is ReadResult.Failed failed)
        {
            Assert.DoesNotContain(DocumentReader.UnexpectedPrefix, failed.Failure.Message, StringComparison.Ordinal);
        }
    }
}
