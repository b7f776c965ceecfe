using System.Collections.Frozen;
using System.Globalization;

namespace DocumentAgents.Reading.Pdf;

/// <summary>
/// The Unicode text behind glyph names: the Latin and common symbol part of the Adobe glyph list, and names that spell their code.
/// </summary>
internal static class PdfGlyphNames
{
    private const string Known =
        "space   exclam ! quotedbl \" numbersign # dollar $ percent % ampersand & quotesingle ' parenleft ( parenright ) asterisk * plus + comma , "
        + "hyphen - minus − period . slash / zero 0 one 1 two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 colon : semicolon ; less < equal = "
        + "greater > question ? at @ bracketleft [ backslash \\ bracketright ] asciicircum ^ underscore _ grave ` braceleft { bar | braceright } "
        + "asciitilde ~ exclamdown ¡ cent ¢ sterling £ currency ¤ yen ¥ brokenbar ¦ section § dieresis ¨ copyright © ordfeminine ª guillemotleft « "
        + "logicalnot ¬ registered ® macron ¯ degree ° plusminus ± twosuperior ² threesuperior ³ acute ´ mu µ paragraph ¶ periodcentered · cedilla ¸ "
        + "onesuperior ¹ ordmasculine º guillemotright » onequarter ¼ onehalf ½ threequarters ¾ questiondown ¿ multiply × divide ÷ "
        + "Aacute Á Acircumflex Â Adieresis Ä Agrave À Aring Å Atilde Ã AE Æ Amacron Ā Abreve Ă Aogonek Ą Cacute Ć Ccaron Č Ccedilla Ç Ccircumflex Ĉ "
        + "Cdotaccent Ċ Dcaron Ď Dcroat Đ Eth Ð Eacute É Ecircumflex Ê Edieresis Ë Egrave È Emacron Ē Edotaccent Ė Eogonek Ę Ecaron Ě Gbreve Ğ "
        + "Gcircumflex Ĝ Gdotaccent Ġ Gcommaaccent Ģ Hbar Ħ Hcircumflex Ĥ Iacute Í Icircumflex Î Idieresis Ï Igrave Ì Idotaccent İ Imacron Ī Iogonek Į "
        + "Jcircumflex Ĵ Kcommaaccent Ķ Lacute Ĺ Lcaron Ľ Lcommaaccent Ļ Lslash Ł Nacute Ń Ncaron Ň Ncommaaccent Ņ Ntilde Ñ Eng Ŋ Oacute Ó "
        + "Ocircumflex Ô Odieresis Ö Ograve Ò Ohungarumlaut Ő Omacron Ō Oslash Ø Otilde Õ OE Œ Racute Ŕ Rcaron Ř Rcommaaccent Ŗ Sacute Ś Scaron Š "
        + "Scedilla Ş Scircumflex Ŝ Scommaaccent Ș Tcaron Ť Tcedilla Ţ Tcommaaccent Ț Tbar Ŧ Thorn Þ Uacute Ú Ucircumflex Û Udieresis Ü Ugrave Ù "
        + "Uhungarumlaut Ű Umacron Ū Uogonek Ų Uring Ů Ubreve Ŭ Utilde Ũ Wcircumflex Ŵ Yacute Ý Ydieresis Ÿ Ycircumflex Ŷ Zacute Ź Zcaron Ž Zdotaccent Ż "
        + "aacute á acircumflex â adieresis ä agrave à aring å atilde ã ae æ amacron ā abreve ă aogonek ą cacute ć ccaron č ccedilla ç ccircumflex ĉ "
        + "cdotaccent ċ dcaron ď dcroat đ eth ð eacute é ecircumflex ê edieresis ë egrave è emacron ē edotaccent ė eogonek ę ecaron ě gbreve ğ "
        + "gcircumflex ĝ gdotaccent ġ gcommaaccent ģ hbar ħ hcircumflex ĥ iacute í icircumflex î idieresis ï igrave ì imacron ī iogonek į dotlessi ı "
        + "jcircumflex ĵ kcommaaccent ķ lacute ĺ lcaron ľ lcommaaccent ļ lslash ł nacute ń ncaron ň ncommaaccent ņ ntilde ñ eng ŋ oacute ó "
        + "ocircumflex ô odieresis ö ograve ò ohungarumlaut ő omacron ō oslash ø otilde õ oe œ racute ŕ rcaron ř rcommaaccent ŗ sacute ś scaron š "
        + "scedilla ş scircumflex ŝ scommaaccent ș germandbls ß tcaron ť tcedilla ţ tcommaaccent ț tbar ŧ thorn þ uacute ú ucircumflex û udieresis ü "
        + "ugrave ù uhungarumlaut ű umacron ū uogonek ų uring ů ubreve ŭ utilde ũ wcircumflex ŵ yacute ý ydieresis ÿ ycircumflex ŷ zacute ź zcaron ž "
        + "zdotaccent ż florin ƒ circumflex ˆ caron ˇ breve ˘ dotaccent ˙ ring ˚ ogonek ˛ tilde ˜ hungarumlaut ˝ endash – emdash — quoteleft ‘ "
        + "quoteright ’ quotesinglbase ‚ quotedblleft “ quotedblright ” quotedblbase „ dagger † daggerdbl ‡ bullet • ellipsis … perthousand ‰ "
        + "guilsinglleft ‹ guilsinglright › fraction ⁄ Euro € euro € trademark ™ partialdiff ∂ Delta ∆ product ∏ summation ∑ radical √ infinity ∞ "
        + "integral ∫ approxequal ≈ notequal ≠ lessequal ≤ greaterequal ≥ lozenge ◊ Omega Ω pi π fi fi fl fl ff ff ffi ffi ffl ffl nbspace \u00a0 "
        + "nonbreakingspace \u00a0 sfthyphen - hyphenminus - alpha α beta β gamma γ delta δ epsilon ε lambda λ sigma σ tau τ phi φ omega ω theta θ "
        + "checkmark ✓ arrowright → arrowleft ← arrowup ↑ arrowdown ↓ filledbox ■ H18533 ■ box □ square □ blacksquare ■ numero № afii61352 № "
        + "asteriskmath ∗ prime ′ plusmn ± softhyphen - circleplus ⊕ element ∈ similar ∼ equivalence ≡ "
        + "propersubset ⊂ emptyset ∅ universal ∀ existential ∃ logicaland ∧ logicalor ∨ proportional ∝ angleleft ⟨ angleright ⟩ bar | eta η kappa κ "
        + "nu ν xi ξ rho ρ chi χ psi ψ zeta ζ iota ι upsilon υ Gamma Γ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Phi Φ Psi Ψ periodmath · dotlessj ȷ";

    private static readonly FrozenDictionary<string, string> Names = Parse();

    /// <summary>The text of a glyph, or null when its name tells nothing.</summary>
    public static string? TextOf(string name)
    {
        if (Names.TryGetValue(name, out var known))
        {
            return known;
        }

        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot > 0)
        {
            return TextOf(name[..dot]);
        }

        if (name.Length == 1)
        {
            return name;
        }

        return name.Contains('_', StringComparison.Ordinal)
            ? string.Concat(name.Split('_', 8).Select(part => part.Contains('_', StringComparison.Ordinal) ? "" : TextOf(part) ?? ""))
            : FromCode(name);
    }

    // uni0041 or u0041 to u10FFFF.
    private static string? FromCode(string name)
    {
        var hex = name.StartsWith("uni", StringComparison.Ordinal) ? name[3..Math.Min(name.Length, 7)] : name[0] == 'u' ? name[1..] : "";
        return hex.Length is >= 4 and <= 6
            && int.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            && code is > 0 and < 0xD800 or > 0xDFFF and <= 0x10FFFF
            ? char.ConvertFromUtf32(code)
            : null;
    }

    private static FrozenDictionary<string, string> Parse()
    {
        var names = new Dictionary<string, string> { ["space"] = " " };
        var words = Known["space   ".Length..].Split(' ');
        for (var i = 0; i + 1 < words.Length; i += 2)
        {
            names[words[i]] = words[i + 1];
        }

        return names.ToFrozenDictionary();
    }
}
