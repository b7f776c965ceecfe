using System.Text.RegularExpressions;
using DocumentAgents.Classification;
using DocumentAgents.Facts;
using DocumentAgents.Layout;

namespace DocumentAgents.Trade.Print;

/// <summary>Whose paper a document is written on: a company at the top, best one that the foot of the page repeats.</summary>
internal static partial class Letterhead
{
    private const int Head = 14;

    /// <param name="other">The name of the other party, which it cannot be.</param>
    public static PrintedParty? Find(Page page, string? other)
    {
        var otherKey = Words.Key(other);
        var companies = page.Rows
            .SelectMany(row => row.Cells.Select(cell => (Row: row, Cell: cell)))
            .Where(pair => LegalForm.IsCompany(pair.Cell.Text) && pair.Cell.Text.Length <= 110 && !Labelled().IsMatch(pair.Cell.Text))
            .Select(pair => (Name: CompanyName(pair.Cell.Text), pair.Row))
            .Where(pair => pair.Name is not null && Words.Key(pair.Name) != otherKey)
            .ToList();
        var best = companies
            .Select(pair =>
                (pair.Name, pair.Row, Score: Score(page, pair.Row)
                + Math.Min(2, companies.Count(twin => Words.Key(twin.Name) == Words.Key(pair.Name)) - 1)))
            .OrderByDescending(pair => pair.Score)
            .ThenBy(pair => pair.Row.Index)
            .FirstOrDefault();
        return best.Name is not null && best.Score > 0
            ? new(best.Name, best.Row, Math.Clamp(0.6 + (best.Score * 0.04), 0.5, 0.9))
            : First(page, other);
    }

    private static double Score(Page page, PageRow row)
    {
        var score = row.Index < Head ? 5 - (row.Index * 0.25) : row.Index > page.Rows.Length - 12 ? 1.5 : 0;
        return score + (SoldBy().IsMatch(row.Folded) ? 3 : 0) + (HasTaxNumber(page, row) ? 1 : 0);
    }

    private static bool HasTaxNumber(Page page, PageRow row) =>
        page.Rows.Skip(row.Index).Take(7).Any(near => TaxNumber().IsMatch(near.Folded));

    private static string? CompanyName(string text)
    {
        var name = PartyName.Read(Lead().Replace(text, ""));
        var end = name is null ? -1 : LegalForm.EndOf(name);
        if (end < 0)
        {
            return null;
        }

        // "SAS Papeteries du Rhône": a form in front is part of the name.
        if (LegalForm.Leads(name!))
        {
            return name;
        }

        // What follows the legal form belongs to something else unless it is a second form.
        var rest = name![end..];
        return rest.Length > 0 && LegalForm.EndOf(rest) is > 0 and var second && second <= 12
            ? name[..(end + second)]
            : name[..end].TrimEnd(',', ' ');
    }

    /// <summary>The first line that is a name: without a legal form it is the sender's.</summary>
    public static PrintedParty? First(Page page, string? other)
    {
        var otherKey = Words.Key(other);
        foreach (var row in page.Rows.Take(6))
        {
            foreach (var cell in row.Cells)
            {
                if (!LabelEnd().IsMatch(cell.Text) && !IsTitle(cell.Folded) && !Heading().IsMatch(cell.Folded.Trim('.', ' '))
                    && PartyName.Read(cell.Text) is { } name && Words.Key(name) != otherKey
                    && (row.Index == 0 && !name.Any(char.IsDigit) || !PartyName.IsAddressLine(name)))
                {
                    return new(name, row, 0.55);
                }
            }
        }

        return null;
    }

    private static bool IsTitle(string folded) => TitlePhrases.All.Any(group => Headings.Strength([folded], group.Phrases) >= 1.2);

    [GeneratedRegex(@"\b(sold by|issued by|provided by|verkauft durch|vendu par)\b")]
    private static partial Regex SoldBy();

    [GeneratedRegex(@"^.*\b(?:sold by|issued by|provided by|on behalf of)\s+", RegexOptions.IgnoreCase)]
    private static partial Regex Lead();

    [GeneratedRegex(
        @"\b(vat|ust-?id|ust\.|steuer-?nr|tva|btw|kvk|cvr|org\.?\s?n|p\.?\s?iva|nif|cif|abn|siret|siren|nip|gstin|ein|tax id|moms)\b")]
    private static partial Regex TaxNumber();

    [GeneratedRegex(@"^\W*[\p{L}\s./]{2,40}:\s")]
    private static partial Regex Labelled();

    [GeneratedRegex(@":\s|:$|\d{4,}")]
    private static partial Regex LabelEnd();

    [GeneratedRegex(
        @"^(tax |sales |commercial |proforma |pro forma |kopie |copy |original |duplicate )*(invoice|rechnung|facture|factuur|faktura"
        + @"|fattura|factura|fatura|lasku|invois|credit note|gutschrift|avoir|creditnota|kreditnota|purchase order|order|bestellung"
        + @"|bon de commande|inkooporder|quotation|quote|angebot|devis|offerte|offert|tilbud|delivery note|lieferschein|packing slip"
        + @"|pakbon|receipt|statement|reminder|mahnung|remittance advice|order confirmation|auftragsbestatigung|page \d.*|seite \d.*"
        + @"|confidential|logo.*)\b.{0,12}$|^\p{L}+ (?:invoice|receipt|bill|statement|purchase order|quotation)$")]
    private static partial Regex Heading();
}
