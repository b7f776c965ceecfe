using System.Text.RegularExpressions;
using DocumentAgents.Facts;
using DocumentAgents.Layout;

namespace DocumentAgents.Trade.Print;

/// <summary>Whether an invoice says in its head that it is a pro forma one, or takes the place of another.</summary>
internal static partial class PrintedInvoiceKind
{
    private const int HeadRows = 24;
    private const double Sure = 0.85;

    // "replaces 2": parts are replaced too.
    private const int ShortestNumber = 3;

    public static void Add(FieldList fields, Page page)
    {
        var own = Words.Key(fields.Value(FieldName.Number));
        foreach (var row in page.Rows.Take(HeadRows))
        {
            for (var cell = 0; cell < row.Cells.Length; cell++)
            {
                var replaced = Replaced(row.Cells[cell]);
                var kind = IsProForma(row, cell, own) ? InvoiceKindName.ProForma
                    : (replaced is not null && Words.Key(replaced) != own) || Corrected().IsMatch(row.Cells[cell].Folded)
                    ? InvoiceKindName.Correction
                    : null;
                if (kind is not null)
                {
                    fields.Add(FieldName.InvoiceKind, kind, row.Place, Sure);
                    fields.Add(FieldName.BillingReference, replaced, row.Place, Sure);
                    return;
                }
            }
        }
    }

    // "Proforma invoice no. 7" with the number of another document is one that was written before.
    private static bool IsProForma(PageRow row, int cell, string own)
    {
        var text = row.Cells[cell];
        if (ProForma().Match(text.Folded) is not { Success: true } title)
        {
            return false;
        }

        var rest = text.Text[title.Length..];
        var beside = cell + 1 < row.Cells.Length ? row.Cells[cell + 1].Text : "";
        return rest.Any(char.IsDigit) ? IsOwn(rest, own) : !LoneNumber().IsMatch(beside) || IsOwn(beside, own);
    }

    private static bool IsOwn(string text, string own) =>
        own.Length > 0 && Words.Key(text).Contains(own, StringComparison.Ordinal);

    private static string? Replaced(PageCell cell) =>
        Replaces().Match(cell.Folded) is { Success: true } match
            && Identifier.Read(cell.Text[(match.Index + match.Length)..]) is { Length: >= ShortestNumber } number
            ? number
            : null;

    [GeneratedRegex(
        @"^\W*(?:this is an?\s+)?(?:(?:tax|commercial|invoice|facture|factura|fattura|faktura|fatura|factuur)\s+)?pro[\s-]?forma"
        + @"(?:[\s-]?(?:tax |commercial )?(?:invoice|rechnung|facture|faktura|factuur|fattura))?(?!\p{L})(?!\s+(?:value|wert|amount)\b)")]
    private static partial Regex ProForma();

    [GeneratedRegex(@"^[^\s:]*\d[^\s:]*$")]
    private static partial Regex LoneNumber();

    [GeneratedRegex(
        @"^\W*(?:this is an?\s+)?(?:correct(?:ed|ion|ive)|amended|revised|rectified|replacement)\s+(?:tax |sales |commercial )?invoice\b"
        + @"|^\W*invoice\W+(?:corrected|amended|revised)\b|\b(?:korrigierte|berichtigte|geanderte) rechnung\b"
        + @"|\bfacture (?:corrigee|rectifiee|corrective)\b|\b(?:gecorrigeerde factuur|correctiefactuur)\b"
        + @"|\b(?:korrigerad|rattad|korrigeret) faktura\b|\bfactura corregida\b|\bfattura (?:corretta|sostitutiva)\b")]
    private static partial Regex Corrected();

    [GeneratedRegex(
        @"\b(?:replac(?:es|ing|ement (?:for|of))|supersed(?:es|ing)|correct(?:s|ing|ion (?:of|to|for))|corrected invoice (?:for|to)"
        + @"|original(?= (?:tax )?invoice)|ersetzt|ersatz fur|korrektur (?:der|zu|zur|von)|berichtigung (?:der|zu|zur|von)"
        + @"|ursprungliche(?= rechnung)|remplace|vervangt|corrigeert|sustituye(?: a)?|rectifica(?: a)?|sostituisce|rettifica|ersatter"
        + @"|erstatter|korrigerer)\b[\s:]*"
        + @"(?:(?:the|our|die|der|unsere|la|notre|onze|de|nuestra|nostra|previous|tax|invoice|bill|rechnung|facture|factuur|faktura"
        + @"|fattura|factura|fatura|number|no|nr|n|nummer|numero)\b[\s.:°º#]*)*")]
    private static partial Regex Replaces();
}
