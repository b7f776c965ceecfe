using System.Globalization;
using DocumentAgents.Facts;

namespace DocumentAgents.BankStatement;

/// <summary>A file may hold several statements; then each has a section of its own.</summary>
internal static class StatementSections
{
    public static void ForEach<T>(FieldList fields, IReadOnlyList<T> statements, Action<T> read)
    {
        for (var index = 0; index < statements.Count; index++)
        {
            fields.Section = statements.Count == 1 ? null : $"statements[{index.ToString(CultureInfo.InvariantCulture)}]";
            read(statements[index]);
        }

        fields.Section = null;
    }
}
