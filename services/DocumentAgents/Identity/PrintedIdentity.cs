using System.Collections.Immutable;
using DocumentAgents.Facts;
using DocumentAgents.Reading;

namespace DocumentAgents.Identity;

internal static class PrintedIdentity
{
    public static void Read(FieldList fields, ImmutableArray<TextLine> lines)
    {
        _ = fields;
        _ = lines;
    }
}
