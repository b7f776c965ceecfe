using System.Collections.Frozen;

namespace DocumentAgents.Facts;

/// <summary>Letters without their accents. A table of our own: the runtime decomposes nothing when it runs without culture data.</summary>
internal static class Accents
{
    private static readonly string[] Letters =
    [
        "aàáâãäåāăąæạảấầẩẫậắằẳẵặ", "cçćĉċč", "dďđð", "eèéêëēĕėęěẹẻẽếềểễệ", "gĝğġģ", "hĥħ", "iìíîïĩīĭįıİỉị", "jĵ", "kķ", "lĺļľŀł", "nñńņňŉ",
        "oòóôõöøōŏőœọỏốồổỗộơớờởỡợ", "rŕŗř", "sśŝşšșß", "tţťŧțþ", "uùúûüũūŭůűųụủưứừửữự", "wŵ", "yýÿŷỳỵỷỹ", "zźżž", "её",
    ];

    private static readonly FrozenDictionary<char, char> Plain =
        Letters.SelectMany(letters => letters.Skip(1).Select(letter => (letter, letters[0])))
            .ToFrozenDictionary(pair => pair.letter, pair => pair.Item2);

    /// <summary>The lower-case letter without accent; every other character as it is.</summary>
    public static char Without(char lower) => Plain.GetValueOrDefault(lower, lower);
}
