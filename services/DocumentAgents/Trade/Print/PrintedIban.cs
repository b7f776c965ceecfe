using System.Text.RegularExpressions;
using DocumentAgents.Facts;

namespace DocumentAgents.Trade.Print;

/// <summary>Account numbers in print: only what has right check digits.</summary>
internal static partial class PrintedIban
{
    public static IEnumerable<string> Find(string text)
    {
        foreach (Match match in Shape().Matches(text))
        {
            // The next word may have been taken along.
            for (var length = match.Length; length >= 15; length--)
            {
                var candidate = match.Value[..length];
                if (candidate[^1] != ' ' && Iban.IsValid(candidate))
                {
                    yield return Iban.Compact(candidate);
                    break;
                }
            }
        }
    }

    [GeneratedRegex(@"(?<![A-Z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,34}")]
    private static partial Regex Shape();
}
