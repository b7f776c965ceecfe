using System.Text.RegularExpressions;
using DocumentAgents.Facts;
using DocumentAgents.Layout;

namespace DocumentAgents.Receipt;

/// <summary>The number of the receipt, and of a booking.</summary>
internal static partial class NumberRule
{
    public static void Add(FieldList fields, Page page)
    {
        if (First(page, Receipt()) is { } number)
        {
            fields.Add(FieldName.Number, number.Value, number.Row.Place, 0.8);
        }
        else if (Below(page) is { } below)
        {
            fields.Add(FieldName.Number, below.Value, below.Row.Place, 0.75);
        }
        else if (First(page, Titled()) is { } titled)
        {
            fields.Add(FieldName.Number, titled.Value, titled.Row.Place, 0.7);
        }

        else if (First(page, Bare()) is { } bare)
        {
            fields.Add(FieldName.Number, bare.Value, bare.Row.Place, 0.65);
        }

        if (First(page, Booking()) is { } booking)
        {
            fields.Add("booking", booking.Value, booking.Row.Place, 0.8);
        }
        else
        {
            AddBelow(fields, page);
        }
    }

    private static (string Value, PageRow Row)? First(Page page, Regex label)
    {
        foreach (var row in page.Rows)
        {
            foreach (Match match in label.Matches(row.Text))
            {
                if (match.Groups["value"].Value.Any(char.IsDigit))
                {
                    return (match.Groups["value"].Value.Trim('.', ',', ':'), row);
                }
            }
        }

        return null;
    }

    // "Invoice No. :", and in the next line ": H0003939".
    private static (string Value, PageRow Row)? Below(Page page)
    {
        foreach (var row in page.Rows.SkipLast(1).Where(row => NumberLabel().IsMatch(row.Folded)))
        {
            if (Alone().Match(page.Rows[row.Index + 1].Text) is { Success: true } number)
            {
                return (number.Groups["value"].Value, page.Rows[row.Index + 1]);
            }
        }

        return null;
    }

    // A label above its value.
    private static void AddBelow(FieldList fields, Page page)
    {
        foreach (var row in page.Rows.SkipLast(1))
        {
            var column = row.Cells.IndexOf(row.Cells.FirstOrDefault(cell => BookingLabel().IsMatch(cell.Folded))!);
            if (column < 0)
            {
                continue;
            }

            var label = row.Cells[column];
            var value = page.Rows[row.Index + 1].Cells.FirstOrDefault(
                cell => cell.Start < label.End + 2 && label.Start < cell.End + 2 && cell.Text.Any(char.IsDigit));
            if (value is not null)
            {
                fields.Add("booking", value.Text.Split(' ')[0], page.Rows[row.Index + 1].Place, 0.7);
                return;
            }
        }
    }

    [GeneratedRegex(
        @"(?<![\p{L}])(receipt|invoice|inv|bill|doc|document|txn|trans(action)?|check|ticket|order|bon|beleg|kvittering"
        + @"|kvitto|recibo|factura simplificada|kwitantie|bonnetje|quittung|ricevuta|scontrino|documento|doklad|paragon|kuitti"
        + @"|recu|reçu|nyugta|sorszám|sorszam|[úu]čtenka|bono?)[\s-]?(no|nr|number|num|id|#|n°|nº|n|č)?(\.?\s*[:#]+\.?\s*"
        + @"|(?<=(no|nr|n|č)\.?)[.\s]+)(?<value>[A-Z0-9][\w/-]*(\s?-\s?\d+)*)",
        RegexOptions.IgnoreCase)]
    private static partial Regex Receipt();

    // A line with nothing but what the paper calls itself and its number: "Quittung 20418", "Fatura simplificada FS 01/20418".
    [GeneratedRegex(
        @"^\W*(?:receipt|invoice|bill|ticket|check|bon|kassenbon|kassabon|beleg|quittung|rechnung|kvittering|kvitto|recibo|factura"
        + @"|fatura|ricevuta|scontrino|documento|paragon|nyugta|kuitti|re[cç]u)"
        + @"(?:\s\p{L}{4,})?\s+(?<value>(?:[A-Z]{1,4}\s)?[A-Z\d][\w/-]*\d[\w/-]*)\s*$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Titled();

    [GeneratedRegex(@"^\W*(?:tax )?(?:receipt|invoice|inv|bill|document|doc|ticket|transaction|trans) ?(?:no|number|num|nr|id)\W*$")]
    private static partial Regex NumberLabel();

    [GeneratedRegex(@"^\s*:?\s*(?<value>(?=[^\s]*\d{3})[A-Z\d][\w/-]*)\s*$")]
    private static partial Regex Alone();

    // A line of its own under the heading.
    [GeneratedRegex(@"^\s*(n[º°]|nr|no|num)\.?\s*:\s*(?<value>[A-Z0-9][\w/-]*)\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Bare();

    [GeneratedRegex(
        @"(booking|reservation|confirmation)\s?(id|no|number|code|#)\.?\s*[:#]\s*(?<value>[A-Z0-9][\w-]*)",
        RegexOptions.IgnoreCase)]
    private static partial Regex Booking();

    [GeneratedRegex(@"^(booking|reservation) (id|no|number|code)\W*$")]
    private static partial Regex BookingLabel();
}
