using System.Text;
using DocumentAgents.Facts;
using DocumentAgents.Processing;
using Xunit;

namespace Agents.Tests.Documents;

/// <summary>Runs a document of a test through reading, classification and extraction.</summary>
internal static class Extracting
{
    public static ProcessedDocument From(string name, string text) =>
        DocumentProcessor.Process(name, Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken);

    public static Extraction Accepted(string name, string text)
    {
        var document = From(name, text);
        Assert.Null(document.Failure);
        return document.Extraction!;
    }
}
