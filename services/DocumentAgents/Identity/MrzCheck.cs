namespace DocumentAgents.Identity;

/// <summary>Check digits of ICAO 9303: weights 7, 3, 1; letters count from 10, fillers nothing.</summary>
internal static class MrzCheck
{
    public static int Digit(string text)
    {
        var sum = 0;
        for (var index = 0; index < text.Length; index++)
        {
            sum += Value(text[index]) * (index % 3) switch { 0 => 7, 1 => 3, _ => 1 };
        }

        return sum % 10;
    }

    /// <summary>Whether the digit is right; a filler stands for zero where the field is empty.</summary>
    public static bool Holds(string text, char digit) =>
        digit == '<' ? text.All(character => character == '<') : digit == (char)('0' + Digit(text));

    private static int Value(char character) => character switch
    {
        >= '0' and <= '9' => character - '0',
        >= 'A' and <= 'Z' => character - 'A' + 10,
        _ => 0,
    };
}
