using System.Collections.Immutable;
using DocumentAgents.Facts;
using DocumentAgents.Reading;

namespace DocumentAgents.Trade;

/// <summary>Reads business documents as they are printed.</summary>
internal static class PrintedTrade
{
    public static Extraction Read(ImmutableArray<TextLine> lines, string type) => new FieldList().ToExtraction(lines.IsEmpty ? type : type);
}
