using System.Text.RegularExpressions;
using DocumentAgents.Facts;
using DocumentAgents.Layout;

namespace DocumentAgents.Identity;

/// <summary>A driving licence of the European model: its fields have numbers instead of names.</summary>
internal static partial class DrivingLicence
{
    private static readonly (string Number, string Field, bool IsDate)[] Fields =
        [("1", "surname", false), ("2", "given_names", false), ("3", "birth_date", true), ("4a", "issue_date", true),
            ("4b", "expiry_date", true), ("5", "document_number", false)];

    public static void Read(FieldList fields, Page page)
    {
        var found = page.Rows.SelectMany(row => Numbered().Matches(Words.Collapse(row.Text)).Select(match => (Row: row, Match: match)))
            .DistinctBy(pair => pair.Match.Groups[1].Value)
            .ToDictionary(pair => pair.Match.Groups[1].Value);
        if (!found.ContainsKey("1") || !found.ContainsKey("4b") || !found.TryGetValue("3", out var birth)
            || page.Dates(birth.Match.Groups[2].Value).Count == 0)
        {
            return;
        }

        foreach (var (number, name, isDate) in Fields)
        {
            if (found.TryGetValue(number, out var hit))
            {
                var text = hit.Match.Groups[2].Value;
                fields.Add(name, isDate ? page.Dates(text) is [var date, ..] ? date.Iso : null : text, hit.Row.Place, 0.85);
            }
        }
    }

    [GeneratedRegex(@"(?:^\W{0,3}|\s)([1235]|4[abcd])[.)]\s+(\S.*?)(?=\s4[abcd][.)]\s|$)")]
    private static partial Regex Numbered();
}
