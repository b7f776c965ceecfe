using System.Collections.Immutable;
using System.Globalization;

namespace DocumentAgents.Reading.Office;

/// <summary>What a stored cell value says.</summary>
internal sealed class XlsxCells(ImmutableArray<string> sharedStrings, XlsxNumberFormats formats, bool from1904)
{
    private const int LastSerial = 2_958_465;

    public string Text(string type, string? style, string value) => type switch
    {
        "s" => int.TryParse(value, CultureInfo.InvariantCulture, out var index) && index >= 0 && index < sharedStrings.Length
            ? sharedStrings[index]
            : throw ReadException.Malformed($"shared string {value} does not exist"),
        "b" => value == "1" ? "TRUE" : "FALSE",
        "n" => Number(style, value),
        _ => value,
    };

    private string Number(string? style, string value)
    {
        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            return value;
        }

        if (formats.IsDate(style) && number >= 0 && number <= LastSerial)
        {
            return Date(number);
        }

        // Beyond this a decimal does not hold it, and nobody means it exactly.
        return Math.Abs(number) < 1e15 ? ((decimal)number).ToString(CultureInfo.InvariantCulture) : value;
    }

    private string Date(double serial)
    {
        if (serial < 1)
        {
            return TimeSpan.FromSeconds(Math.Round(serial * 86_400)).ToString("c", CultureInfo.InvariantCulture);
        }

        // The 1900 system counts a 29 February 1900 that never was.
        var origin = from1904 ? new DateTime(1904, 1, 1) : serial < 60 ? new DateTime(1899, 12, 31) : new DateTime(1899, 12, 30);
        var moment = origin.AddSeconds(Math.Round(serial * 86_400));
        return moment.TimeOfDay == TimeSpan.Zero
            ? moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : moment.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
    }
}
