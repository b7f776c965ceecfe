using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace DocumentAgents.Reading.Office;

/// <summary>Which cell styles show their number as a date or time.</summary>
internal sealed partial class XlsxNumberFormats(ImmutableArray<bool> dateStyles)
{
    private const int MaxCodeLength = 255;

    public bool IsDate(string? style) =>
        int.TryParse(style, CultureInfo.InvariantCulture, out var index) && index >= 0 && index < dateStyles.Length && dateStyles[index];

    public static XlsxNumberFormats Read(OfficeArchive archive, DocumentSource source)
    {
        if (archive.Read("xl/styles.xml") is not { } part)
        {
            return new([]);
        }

        var root = SafeXml.Parse(SafeXml.Decode(part).Text, source).Root!;
        var codes = new Dictionary<int, string>();
        foreach (var format in Under(root, "numFmts"))
        {
            codes[Int(format, "numFmtId")] = format.Attribute("formatCode")?.Value ?? "";
        }

        return new([.. Under(root, "cellXfs").Select(style => IsDate(Int(style, "numFmtId"), codes))]);
    }

    private static IEnumerable<XElement> Under(XElement root, string group) =>
        root.Elements().Where(element => element.Name.LocalName == group).Elements();

    private static int Int(XElement element, string name) =>
        int.TryParse(element.Attribute(name)?.Value, CultureInfo.InvariantCulture, out var value) ? value : 0;

    private static bool IsDate(int id, Dictionary<int, string> codes) => codes.TryGetValue(id, out var code)
        ? code.Length <= MaxCodeLength && DatePart().IsMatch(Literal().Replace(code, ""))
        : id is (>= 14 and <= 22) or (>= 27 and <= 36) or (>= 45 and <= 47) or (>= 50 and <= 58);

    [GeneratedRegex("[dmyhs]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DatePart();

    [GeneratedRegex(@"""[^""]*""|\\.|_.|\*.|\[[^\]]*\]|General|Standard", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Literal();
}
