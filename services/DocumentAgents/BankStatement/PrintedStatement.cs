using System.Collections.Immutable;
using DocumentAgents.Facts;
using DocumentAgents.Reading;

namespace DocumentAgents.BankStatement;

internal static class PrintedStatement
{
    public static Extraction Read(ImmutableArray<TextLine> lines) => new FieldList().ToExtraction(lines.IsEmpty ? DocumentType.BankStatement : DocumentType.BankStatement);
}
