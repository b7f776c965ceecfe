using System.Collections.Immutable;
using DocumentAgents.Reading;

namespace DocumentAgents.Layout;

/// <summary>A document as lines a person would read, whatever container it came in.</summary>
internal static class DocumentText
{
    public static ImmutableArray<TextLine> Lines(DocumentContent content)
    {
        var words = WordBoxes.Find(content);
        if (words.Count > 0)
        {
            return LineBuilder.Lines(words);
        }

        return content.Format is DocumentFormat.Json or DocumentFormat.Xml ? KeyedLines.Of(content) : content.Lines;
    }
}
