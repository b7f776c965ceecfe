using DocumentAgents.Reading;
using Xunit;

namespace Agents.Tests.Reading;

/// <summary>DOC-02 and ERR-18 against documents nobody here wrote.</summary>
public sealed class SharedDocumentTests
{
    [Fact]
    public void Read_EveryLabelledFile_EndsAsExpected()
    {
        var folder = SharedDocuments.Folder();
        var wrong = new List<string>();
        foreach (var label in SharedDocuments.Labels(folder))
        {
            var path = Path.Combine(folder, label["file"]);
            var result = ReadingSamples.Read(Path.GetFileName(path), File.ReadAllBytes(path));
            var code = result is ReadResult.Failed { Failure: var failure } ? failure.Code : "ok";
            // Whether a value is possible is for extraction to say: the reader must only get it there.
            var expected = label["expected_error"].Split('|').Select(e => e is "" or ReadFailureCodes.InvalidValue ? "ok" : e);
            if (!expected.Contains(code))
            {
                wrong.Add($"{label["file"]}: expected {label["expected_error"]}, got {code}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Read_EveryReadableFile_HasTheFormatOfItsLabel()
    {
        var folder = SharedDocuments.Folder();
        var wrong = new List<string>();
        foreach (var label in SharedDocuments.Labels(folder))
        {
            var path = Path.Combine(folder, label["file"]);
            if (ReadingSamples.Read(Path.GetFileName(path), File.ReadAllBytes(path)) is ReadResult.Succeeded { Content: var content }
                && !Formats(label["format"]).Contains(content.Format))
            {
                wrong.Add($"{label["file"]}: {label["format"]} was read as {content.Format}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Read_EveryFile_SaysSomethingAndWhere()
    {
        var folder = SharedDocuments.Folder();
        foreach (var path in SharedDocuments.Files(folder))
        {
            if (ReadingSamples.Read(Path.GetFileName(path), File.ReadAllBytes(path)) is ReadResult.Succeeded { Content: var content })
            {
                Assert.False(string.IsNullOrWhiteSpace(content.Text), path);
                Assert.All(content.Lines, line => Assert.NotEqual("", line.Place.Value));
            }
        }
    }

    private static DocumentFormat[] Formats(string label) => label switch
    {
        "edi" => [DocumentFormat.Edifact],
        "json" => [DocumentFormat.Json],
        "pdf" => [DocumentFormat.Pdf],
        "txt" => [DocumentFormat.Text, DocumentFormat.Hl7],
        "xml" => [DocumentFormat.Xml],
        "csv" => [DocumentFormat.Csv],
        "sta" or "mt940" => [DocumentFormat.Mt940],
        "ofx" => [DocumentFormat.Ofx],
        "qif" => [DocumentFormat.Qif],
        "xlsx" => [DocumentFormat.Xlsx],
        "docx" => [DocumentFormat.Docx],
        "html" => [DocumentFormat.Html],
        "eml" => [DocumentFormat.Email],
        "md" => [DocumentFormat.Markdown],
        "hl7" => [DocumentFormat.Hl7],
        "ach" => [DocumentFormat.Ach],
        _ => [],
    };
}
