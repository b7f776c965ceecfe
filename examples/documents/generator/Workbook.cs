using System.Globalization;
using System.Text;

namespace DocumentGenerator;

/// <summary>
/// Makes an XLSX of lines with cells between bars; <c>== NAME</c> begins a sheet. Numbers, dates (2026-03-01), formulas
/// (<c>=B2*C2 => 12.50</c>, with the value a spreadsheet program would have stored) and bold text (<c>*Total</c>) are told by their look.
/// </summary>
internal sealed class Workbook
{
    private const string Space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const int Date = 1;
    private const int Bold = 2;
    private const int Money = 3;

    private const string Styles = $"""
        <styleSheet xmlns="{Space}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf xfId="0"/><xf numFmtId="164" applyNumberFormat="1" xfId="0"/><xf fontId="1" applyFont="1" xfId="0"/><xf numFmtId="4" applyNumberFormat="1" xfId="0"/></cellXfs></styleSheet>
        """;

    private readonly List<string> strings = [];
    private readonly List<(string Name, StringBuilder Rows)> sheets = [];
    private int row;

    public static byte[] Write(IEnumerable<string> lines)
    {
        var book = new Workbook();
        foreach (var line in lines)
        {
            book.Add(line);
        }

        return book.Pack();
    }

    private void Add(string line)
    {
        if (line.StartsWith("== ", StringComparison.Ordinal))
        {
            sheets.Add((line[3..], new()));
            row = 0;
            return;
        }

        row++;
        var cells = line.Split('|', StringSplitOptions.TrimEntries)
            .Select((text, column) => text.Length == 0 ? "" : Cell(text, $"{(char)('A' + column)}{row}"));
        sheets[^1].Rows.Append(CultureInfo.InvariantCulture, $"<row r=\"{row}\">{string.Concat(cells)}</row>");
    }

    private string Cell(string text, string place)
    {
        if (text.Split(" => ") is [['=', .. var formula], var value])
        {
            return $"<c r=\"{place}\" s=\"{Money}\"><f>{Package.Escape(formula)}</f><v>{value}</v></c>";
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return $"<c r=\"{place}\" s=\"{Date}\"><v>{date.DayNumber - new DateOnly(1899, 12, 30).DayNumber}</v></c>";
        }

        // What begins with a zero or is long is a number people write, not one they calculate with.
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            && text.Length < 10 && !IsCode(text))
        {
            return $"<c r=\"{place}\"{(text.Contains('.', StringComparison.Ordinal) ? $" s=\"{Money}\"" : "")}><v>{text}</v></c>";
        }

        strings.Add(text.TrimStart('*'));
        return $"<c r=\"{place}\" t=\"s\"{(text.StartsWith('*') ? $" s=\"{Bold}\"" : "")}><v>{strings.Count - 1}</v></c>";
    }

    private static bool IsCode(string text) => text is ['0', >= '0' and <= '9', ..];

    private byte[] Pack()
    {
        // The relationships of the workbook are numbered in the order of its parts.
        var list = string.Concat(
            sheets.Select((sheet, index) =>
                $"<sheet name=\"{Package.Escape(sheet.Name)}\" sheetId=\"{index + 1}\" r:id=\"rId{index + 1}\"/>"));
        var items = string.Concat(strings.Select(text => $"<si><t xml:space=\"preserve\">{Package.Escape(text)}</t></si>"));
        return Package.Write("xl/workbook.xml",
        [
            ("xl/workbook.xml", "spreadsheetml.sheet.main",
                $"<workbook xmlns=\"{Space}\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>{list}</sheets></workbook>"),
            .. sheets.Select((sheet, index) => ($"xl/worksheets/sheet{index + 1}.xml", "spreadsheetml.worksheet",
                $"<worksheet xmlns=\"{Space}\"><sheetData>{sheet.Rows}</sheetData></worksheet>")),
            ("xl/styles.xml", "spreadsheetml.styles", Styles),
            ("xl/sharedStrings.xml", "spreadsheetml.sharedStrings",
                $"<sst xmlns=\"{Space}\" count=\"{strings.Count}\" uniqueCount=\"{strings.Count}\">{items}</sst>"),
        ]);
    }
}
