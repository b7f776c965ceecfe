using DocumentAccuracy;
using DocumentAgents.Processing;
using Xunit;

namespace Agents.Tests.Documents;

/// <summary>The targets of document accuracy on documents others wrote, where those are at hand (DOC-03, DOC-04, DOC-07, DOC-13).</summary>
public class PublishedDocumentsTests
{
    [Fact]
    public void Process_PublishedDocuments_ReachesEveryTarget()
    {
        var folder = Folder();
        Assert.SkipWhen(folder is null, "No published documents: set DOCUMENT_DATA to a folder with labels.csv.");

        var labels = Label.Read(folder!);
        var documents = labels.ToDictionary(label => label.File, label => Process(folder!, label.File));
        var figures = Figures.Of(labels, documents, TimeSpan.Zero) with
            { Relations = RelationFigures.Of(RelationLabel.Read(folder!), documents) };

        Assert.InRange(figures.KeyTypeAccuracy, Figures.KeyTypeTarget, 1);
        Assert.InRange(figures.TypeAccuracy, Figures.TypeTarget, 1);
        Assert.InRange(figures.KeyFieldAccuracy, Figures.FieldTarget, 1);
        Assert.DoesNotContain(figures.Errors, outcome => !outcome.Right);
        Assert.Empty(figures.Relations.Missed);
        Assert.Empty(figures.Relations.FalseAlarms);
    }

    private static ProcessedDocument Process(string folder, string file) =>
        DocumentProcessor.Process(Path.GetFileName(file), File.ReadAllBytes(Path.Combine(folder, file)), TestContext.Current.CancellationToken) with { File = file };

    private static string? Folder()
    {
        if (Environment.GetEnvironmentVariable("DOCUMENT_DATA") is { Length: > 0 } stated)
        {
            return stated;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var beside = Path.Combine(folder.FullName, "shared", "data", "documents");
            if (File.Exists(Path.Combine(beside, "labels.csv")))
            {
                return beside;
            }
        }

        return null;
    }
}
