using System.Text.RegularExpressions;
using DocumentAgents.Facts;
using DocumentAgents.Layout;

namespace DocumentAgents.Trade.Print;

/// <summary>Numbers that stand near the number of the document and are something else.</summary>
internal static partial class NumberLabels
{
    public static bool IsOther(PageRow row, string value, string type)
    {
        var at = row.Text.IndexOf(value, StringComparison.Ordinal);
        var before = at < 0 ? "" : Words.Fold(row.Text[..at]);
        var label = before.Length > 40 ? before[^40..] : before;
        if (type is DocumentType.Reminder or DocumentType.RemittanceAdvice && OfInvoice().IsMatch(label))
        {
            return true;
        }

        return (Others().IsMatch(label) && !Named().IsMatch(label)) || (type == DocumentType.Invoice && Order().IsMatch(label));
    }

    /// <summary>Whether words before the number say that it is the one of an earlier document.</summary>
    public static bool IsReference(PageRow row, string value)
    {
        var at = row.Text.IndexOf(value, StringComparison.Ordinal);
        return at > 0 && Earlier().IsMatch(Words.Fold(row.Text[..at]));
    }

    // A letter about an invoice names the number of the invoice.
    [GeneratedRegex(@"(?:invoice|rechnung|facture|factuur|faktura|fattura|factura|fatura|lasku)[\w.\- ]*[.:#\s°º]*$")]
    private static partial Regex OfInvoice();

    [GeneratedRegex(
        @"\b(?:our|your|unsere[rn]?|ihre[rn]?|notre|votre|onze|uw|nostra|vostra|nuestra|su|er|eres|deres|vores|original|d'origine"
        + @"|avser|zu|zur|relating to|in respect of|against|refers? to|betreft|vedr\w*|rif\w*)\W+(?:\p{L}+\W+){0,3}$")]
    private static partial Regex Earlier();

    [GeneratedRegex(
        @"(?:invoice|faktura|fattura|facture|rechnung|factura|lasku)\s+(?:vat|tax|iva|tva|ust)\W*(?:no|nr|number|n)?[.:#\s°º]*$"
        + @"|\b(?:tax|vat)\s+invoice\W*(?:no|nr|number|n)?[.:#\s°º]*$")]
    private static partial Regex Named();

    [GeneratedRegex(
        @"(?<!\p{L})(customer|client|account|vat|tax|phone|tel|fax|kunden|klant|kund|cliente|konto|iban|siret|siren|gln|ust-id"
        + @"|ust\.-id|steuer|btw|tva|kvk|cvr|org)[\w.\- ]*(no|nr|number|nummer|id|n°)?[.:#\s]*$")]
    private static partial Regex Others();

    [GeneratedRegex(@"(?<!\p{L})(purchase order|p\.?o\.?|order|bestell|commande|pedido|ordine)[\w.\- ]*(no|nr|number|nummer|n°)?[.:#\s]*$")]
    private static partial Regex Order();
}
