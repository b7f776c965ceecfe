using DocumentAgents.Facts;

namespace DocumentAgents.Identity;

/// <summary>Reads the fields of a machine-readable zone and checks its digits.</summary>
internal static class MrzReader
{
    public static void Read(FieldList fields, MrzZone zone)
    {
        var parts = Split(zone);
        var sure = parts.ChecksValid ? 0.99 : 0.8;
        fields.Add("format", zone.Format, zone.Place, sure);
        fields.Add("document_code", parts.Code, zone.Place, sure);
        fields.Add("issuing_state", parts.State, zone.Place, sure);
        fields.Add("surname", parts.Surname, zone.Place, sure);
        fields.Add("given_names", parts.GivenNames, zone.Place, sure);
        fields.Add("document_number", parts.Number, zone.Place, sure);
        fields.Add("nationality", parts.Nationality, zone.Place, sure);
        fields.Add("birth_date", parts.Birth, zone.Place, sure);
        fields.Add("sex", parts.Sex, zone.Place, sure);
        fields.Add("expiry_date", parts.Expiry, zone.Place, sure);
        fields.Add("checks_valid", parts.ChecksValid ? "true" : "false", zone.Place, 0.99);
        if (!parts.ChecksValid)
        {
            fields.Suspect("check_digits", "At least one check digit of the machine-readable zone is wrong.", zone.Place);
        }
    }

    private static MrzParts Split(MrzZone zone) => zone.Format switch
    {
        "TD1" => CardOfThreeLines(zone),
        "FRENCH_NATIONAL_ID" => FrenchCard(zone),
        _ => TwoLines(zone),
    };

    private static MrzParts CardOfThreeLines(MrzZone zone)
    {
        var (first, second) = (zone.Lines[0], zone.Lines[1]);
        var (number, numberHolds) = Number(first[5..14], first[14], first[15..]);
        var composite = first[5..] + second[..7] + second[8..15] + second[18..29];
        var holds = numberHolds && MrzCheck.Holds(second[..6], second[6]) && MrzCheck.Holds(second[8..14], second[14])
            && MrzCheck.Holds(composite, second[29]);
        return Named(zone.Lines[2]) with
        {
            Code = Clean(first[..2]), State = Clean(first[2..5]), Number = number, Birth = second[..6], Sex = Clean(second[7..8]),
            Expiry = second[8..14], Nationality = Clean(second[15..18]), ChecksValid = holds,
        };
    }

    private static MrzParts TwoLines(MrzZone zone)
    {
        var (first, second) = (zone.Lines[0], zone.Lines[1]);
        var visa = zone.Format.StartsWith("MRV", StringComparison.Ordinal);
        var (number, numberHolds) = zone.Format == "TD2"
            ? Number(second[..9], second[9], second[28..35])
            : (Clean(second[..9]), MrzCheck.Holds(second[..9], second[9]));
        var holds = numberHolds && MrzCheck.Holds(second[13..19], second[19]) && MrzCheck.Holds(second[21..27], second[27]);
        if (!visa)
        {
            var composite = second[..10] + second[13..20] + second[21..^1];
            holds = holds && MrzCheck.Holds(composite, second[^1])
                && (zone.Format != "TD3" || MrzCheck.Holds(second[28..42], second[42])
                || (second[42] == '0' && MrzCheck.Digit(second[28..42]) == 0));
        }

        return Named(first[5..]) with
        {
            Code = Clean(first[..2]), State =
                Clean(first[2..5]), Number = number, Nationality = Clean(second[10..13]), Birth = second[13..19],
            Sex = Clean(second[20..21]), Expiry = second[21..27], ChecksValid = holds,
        };
    }

    // The French card before 2021: number, its check, given names, birth, check, sex, check over all.
    private static MrzParts FrenchCard(MrzZone zone)
    {
        var (first, second) = (zone.Lines[0], zone.Lines[1]);
        var holds = MrzCheck.Holds(second[..12], second[12]) && MrzCheck.Holds(second[27..33], second[33])
            && MrzCheck.Holds(first + second[..35], second[35]);
        return new()
        {
            Code = Clean(first[..2]), State =
                Clean(first[2..5]), Surname = Clean(first[5..30]), GivenNames = Clean(second[13..27]), Number = Clean(second[..12]),
            Nationality = "FRA", Birth = second[27..33], Sex = Clean(second[34..35]), ChecksValid = holds,
        };
    }

    // A number longer than nine characters goes on in the optional data, its check digit at the end of that.
    private static (string Number, bool Holds) Number(string number, char check, string optional)
    {
        var rest = optional[..(optional.IndexOf('<', StringComparison.Ordinal) is var end and >= 0 ? end : optional.Length)];
        if (check != '<' || rest.Length < 2)
        {
            return (Clean(number), MrzCheck.Holds(number, check));
        }

        var whole = number.TrimEnd('<') + rest[..^1];
        return (whole, MrzCheck.Holds(whole, rest[^1]));
    }

    private static MrzParts Named(string names)
    {
        var split = names.IndexOf("<<", StringComparison.Ordinal);
        return split == 0
            ? Named(names[2..])
            : new() { Surname = Clean(split < 0 ? names : names[..split]), GivenNames = split < 0 ? "" : Clean(names[split..]) };
    }

    private static string Clean(string text) => Words.Collapse(text.Replace('<', ' ')).Trim();

    private sealed record MrzParts
    {
        public string Code { get; init; } = "";

        public string State { get; init; } = "";

        public string Surname { get; init; } = "";

        public string GivenNames { get; init; } = "";

        public string Number { get; init; } = "";

        public string Nationality { get; init; } = "";

        public string Birth { get; init; } = "";

        public string Sex { get; init; } = "";

        public string Expiry { get; init; } = "";

        public bool ChecksValid { get; init; }
    }
}
