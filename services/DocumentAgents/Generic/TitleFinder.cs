using DocumentAgents.Facts;
using DocumentAgents.Reading;

namespace DocumentAgents.Generic;

/// <summary>Picks the line that names a document.</summary>
internal static class TitleFinder
{
    private const int MaxLength = 300;
    private const int Head = 6;
    private const int MostWords = 10;

    private static readonly string[] FormWords =
        ["form", "application", "antrag", "formular", "formulaire", "demande", "aanvraag", "formulier", "blankett", "ansokan", "ansogning",
            "soknad", "skjema", "solicitud", "formulario", "domanda", "modulo", "questionnaire", "fragebogen", "survey"];

    private static readonly string[] Endings = ["formular", "formulier", "formulaire", "antrag", "skema", "skjema", "blankett"];

    private static readonly string[] ClaimWords = ["claim", "schade", "sinistre", "sinistro", "siniestro", "skade"];

    public static TextLine? Find(DocumentContent content, List<TextLine> lines, string type)
    {
        var top = lines.Take(25).Where(line => line.Text.Length <= MaxLength && line.Text.Count(char.IsLetter) >= 3).ToList();
        if (type == DocumentType.Form && top.FirstOrDefault(IsFormTitle) is { } form)
        {
            return Only(form, FormWords);
        }

        if (lines.Take(Head).FirstOrDefault(line => NamesItself(line.Text, type)) is { } named)
        {
            return named with { Text = Words.Collapse(named.Text).Trim('#', ' ', '*') };
        }

        if (content.Properties.TryGetValue("title", out var title) && title.Length > 3
            && top.FirstOrDefault(line => Words.Key(line.Text) == Words.Key(title)) is { } stated)
        {
            return stated;
        }

        return top.FirstOrDefault(IsHeading) ?? top.FirstOrDefault(line => !line.Text.Contains(':')) ?? top.FirstOrDefault();
    }

    /// <summary>Whether a line is a title in which a form or a claim says what it is, and neither a sentence nor a label.</summary>
    public static bool NamesItself(string line, string type)
    {
        var text = Words.Collapse(line);
        var words = Words.Fold(text).Split([' ', ',', ':', '/', '(', ')', '#', '*'], StringSplitOptions.RemoveEmptyEntries);
        var isTitle = words.Length is > 0 and <= MostWords && text[^1] is not (':' or '.' or '_')
            && !text.Contains("__", StringComparison.Ordinal);
        return isTitle && type switch
        {
            DocumentType.Form => words.Any(IsOfForm),
            DocumentType.InsuranceClaim => words.Any(word => IsOfForm(word) || IsOfClaim(word)),
            _ => false,
        };
    }

    private static bool IsOfForm(string word) =>
        FormWords.Contains(word) || Endings.Any(end => word.EndsWith(end, StringComparison.Ordinal));

    private static bool IsOfClaim(string word) => ClaimWords.Any(begin => word.StartsWith(begin, StringComparison.Ordinal));

    private static bool IsFormTitle(TextLine line)
    {
        var words = Words.Fold(line.Text).Split([' ', '\t', ',', ':'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length <= 30 && line.Text.Where(char.IsLetter).Count(char.IsUpper) * 2 > line.Text.Count(char.IsLetter)
            && words.Any(FormWords.Contains);
    }

    // A title set in capitals may share its line with an address: what is in capitals is the title.
    private static TextLine Only(TextLine line, string[] words)
    {
        var parts = line.Text.Split(' ');
        var start = Array.FindIndex(
            parts, part => part.Any(char.IsLetter) && part.Where(char.IsLetter).All(char.IsUpper) && part.Length > 2);
        return start <= 0 || !words.Any(Words.Fold(string.Join(' ', parts[start..])).Contains)
            ? line
            : line with { Text = string.Join(' ', parts[start..]) };
    }

    private static bool IsHeading(TextLine line)
    {
        var text = line.Text.Trim();
        var letters = text.Where(char.IsLetter).ToList();
        return text.Length is >= 4 and <= 120 && letters.Count >= 4 && letters.All(char.IsUpper) && !text.EndsWith(':');
    }
}
