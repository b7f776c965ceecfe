using System.Text.RegularExpressions;

namespace DocumentAgents.Facts;

/// <summary>Words by which a name is known to be a company's.</summary>
internal static partial class LegalForm
{
    /// <summary>The forms as a pattern, each as a word of its own.</summary>
    public const string Forms =
        @"(?<![\p{L}\d])(?:"
        + @"株式会社|ООО|ОАО|ЗАО|ПАО|АО|有限会社|合同会社|g?GmbH(\s?&\s?Co\.?\s?KGa?A?)?|AG|KG|OHG|e\.\s?K\.|UG|mbH|S\.?A\.?R\.?L\.?"
        + @"|S\.?A\.?S\.?|S\.?A\.?U?|S\.?p\.?A\.?|S\.?r\.?l\.?|SRL|S\.?L\.?U?|S\.?C\.?A?|B\.?V\.?(B\.?A\.?)?|N\.?V\.?"
        + @"|V\.?O\.?F\.?|A/S|ApS|I/S|K/S|AS|ASA|(?<!,\s?)AB(?!\s+[A-Z](?:\s*\d|$))|HB|KB|Oy|Oyj|Ltda?\.?|Limited|LIMITED|LTD\.?"
        + @"|GMBH|INC\.?|CORP\.?|CORPORATION|INCORPORATED|LDA\.?|LLC|L\.L\.C\.|LLP|L\.P\.|PLC|Inc\.?|Incorporated|Corp\.?"
        + @"|Corporation|Co\.|Company|Pty\.?|Pte\.?|Pvt\.?|S/?B|S(?:DN|dn)\.?\s*\.?B(?:HD|hd)\.?|B(?:HD|hd)\.?|Berhad|BERHAD"
        + @"|ENTERPRISES?|TRADING"
        + @"|Sp\.\s?z\s?o\.?\s?o\.?|Spółka|S\.?R\.?O\.?|a\.s\.|Kft\.?|KFT\.?|Bt\.|Zrt\.?|Nyrt\.?|d\.o\.o\.|EIRL|Lda\.?|e\.V\."
        + @")(?![\p{L}\d])";

    // Between the parts of "Co. (M) Sdn Bhd", "Trading Company Limited".
    private const int NearForms = 20;

    public static bool IsCompany(string text) => Form().IsMatch(text);

    /// <summary>Whether nothing but legal forms stands there: the end of a name that wrapped.</summary>
    public static bool IsOnlyForm(string text) => IsCompany(text) && !Form().Replace(text, "").Any(char.IsLetterOrDigit);

    /// <summary>The end of the legal form in the text; -1 when there is none.</summary>
    public static int EndOf(string text) => Form().Match(text) is { Success: true } match ? match.Index + match.Length : -1;

    /// <summary>
    /// A name without what follows its legal form: an address behind a comma, or anything behind a form that only ends names.
    /// </summary>
    public static string EndName(string text)
    {
        foreach (Match form in Form().Matches(text))
        {
            var end = form.Index + form.Length;
            var rest = text[end..];
            var isSecondNear = Form().Match(rest) is { Success: true } second && second.Index < NearForms;
            if (form.Index > 1 && rest.Length > 0 && !isSecondNear && (rest.TrimStart('.').StartsWith(',') || EndsHere(form.Value, rest)))
            {
                return text[..end];
            }
        }

        return text;
    }

    private static bool EndsHere(string form, string rest) =>
        EndsNames().IsMatch(form) ? !GoesOn().IsMatch(rest) : EndsMostNames().IsMatch(form) && Address().IsMatch(rest);

    /// <summary>Whether the legal form is the first word, and a name follows.</summary>
    public static bool Leads(string text) => Form().Match(text) is { Success: true, Index: 0 } match && match.Length + 3 < text.Length
        && text[match.Length..].Any(char.IsLetter);

    [GeneratedRegex(@"^(?:inc\.?|incorporated|llc|l\.l\.c\.|ltd\.?|llp|plc|gmbh|corp\.?)$", RegexOptions.IgnoreCase)]
    private static partial Regex EndsNames();

    // "Harbor Corporation Bank", "Delta Limited Edition Toys" go on.
    [GeneratedRegex("^(?:limited|corporation)$", RegexOptions.IgnoreCase)]
    private static partial Regex EndsMostNames();

    [GeneratedRegex(@"^\.?\s+(?:\d|(?:with|unit|suite|room|floor|level|having|located|attn|p\.?\s?o\.?\s?box)\b)", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    // "Inc. & Sons", "Corp. of America"
    [GeneratedRegex(
        @"^\.?\s+(?:of|for|and|de|&|\(|partnership|holdings?|group|international|services|trust|liability)",
        RegexOptions.IgnoreCase)]
    private static partial Regex GoesOn();

    [GeneratedRegex(Forms, RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
