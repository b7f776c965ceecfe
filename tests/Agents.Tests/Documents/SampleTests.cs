using System.Text;
using System.Text.Json.Nodes;
using DocumentAccuracy;
using DocumentAgents.Processing;
using Xunit;

namespace Agents.Tests.Documents;

/// <summary>
/// Documents in many languages and layouts, written for these tests; the first line of each is the truth about it (DOC-03, DOC-04).
/// </summary>
public class SampleTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Samples");

    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Process_Sample_FindsTypeAndFields(string name)
    {
        var (truth, text) = Read(name);
        var label = new Label(name, (string)truth["type"]!, Fields(truth), []);

        var document = DocumentProcessor.Process(name, Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken);

        Assert.Null(document.Failure);
        Assert.Equal(label.Type, document.Type);
        Assert.Empty(FieldComparison.Compare(label, document.Extraction).Where(outcome => !outcome.Right)
            .Select(outcome => $"{outcome.Field}: expected {outcome.Expected}, got {outcome.Actual}"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Process_Sample_EveryFieldHasPlaceAndConfidence(string name)
    {
        var extraction = Extracting.Accepted(name, Read(name).Text);

        Assert.All(extraction.Fields, field => Assert.InRange(field.Confidence, 0.3, 1));
        Assert.All(extraction.Fields, field => Assert.NotEmpty(field.Place.Value));
    }

    private static (JsonObject Truth, string Text) Read(string name)
    {
        var source = File.ReadAllText(Path.Combine(Folder, name)).ReplaceLineEndings("\n");
        var end = source.IndexOf('\n', StringComparison.Ordinal);
        return (JsonNode.Parse(source["#! ".Length..end])!.AsObject(), source[(end + 1)..]);
    }

    private static JsonObject Fields(JsonObject truth)
    {
        var fields = truth.DeepClone().AsObject();
        fields.Remove("type");
        return fields;
    }
}
