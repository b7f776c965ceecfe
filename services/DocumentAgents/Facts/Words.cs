using System.Text;

namespace DocumentAgents.Facts;

/// <summary>Text as people compare it.</summary>
internal static class Words
{
    /// <summary>Runs of white space become one blank; the ends are trimmed.</summary>
    public static string Collapse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var result = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (!char.IsWhiteSpace(character) && character != '\u200B')
            {
                result.Append(character);
            }
            else if (result.Length > 0 && result[^1] != ' ')
            {
                result.Append(' ');
            }
        }

        return result.ToString().TrimEnd();
    }

    /// <summary>Letters and digits only, lower case, without accents: two spellings of one name are equal.</summary>
    public static string Key(string? text)
    {
        var result = new StringBuilder();
        foreach (var character in text ?? "")
        {
            if (char.IsLetterOrDigit(character))
            {
                result.Append(Accents.Without(char.ToLowerInvariant(character)));
            }
        }

        return result.ToString();
    }

    /// <summary>Full-width letters, figures and marks, as Chinese and Japanese print them, become those of ASCII.</summary>
    public static string Narrow(string text) => 
        text.Any(character => character != Narrow(character)) ? string.Concat(text.Select(Narrow)) : text;

    private static char Narrow(char character) => character switch
    {
        >= '\uFF01' and <= '\uFF5E' => (char)(character - 0xFEE0),
        '\u3000' => ' ',
        '\uFFE5' => '\u00A5',
        _ => character,
    };

    /// <summary>Lower case without accents, every other character kept: what key words are looked up in.</summary>
    public static string Fold(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            result.Append(FoldCharacter(character));
        }

        return result.ToString();
    }

    // One character stays one character, so that positions in folded text are positions in the text.
    private static char FoldCharacter(char character)
    {
        if (character < 128)
        {
            return char.ToLowerInvariant(character);
        }

        return character switch
        {
            '\u2019' or '\u2018' or '\u00B4' or '`' => '\'',
            '\u00A0' or '\u202F' or '\u2007' or '\u3000' => ' ',
            >= '\uFF01' and <= '\uFF5E' => char.ToLowerInvariant(Narrow(character)),
            _ => Accents.Without(char.ToLowerInvariant(character)),
        };
    }
}
