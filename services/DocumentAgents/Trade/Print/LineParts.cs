using System.Text.RegularExpressions;
using DocumentAgents.Facts;
using DocumentAgents.Layout;

namespace DocumentAgents.Trade.Print;

/// <summary>The cells of one row of a list of goods, by what their columns are.</summary>
internal sealed partial class LineParts(string position)
{
    private readonly Dictionary<LineColumn, decimal> numbers = [];
    private readonly List<string> articles = [];
    private string id = position;
    private string? text;

    public void Add(LineColumn column, string cell, decimal? number)
    {
        switch (column)
        {
            case LineColumn.Item when cell.Any(char.IsLetter):
                text ??= Words.Collapse(cell);
                break;
            case LineColumn.ArticleOrItem when !Code().IsMatch(cell):
                Add(LineColumn.Item, cell, number);
                break;
            case LineColumn.Article when cell.Any(char.IsDigit) || Code().IsMatch(cell):
            case LineColumn.ArticleOrItem:
                articles.Add("seller:" + Words.Collapse(cell));
                break;
            case LineColumn.Position when cell.Length <= 6 && cell.Any(char.IsAsciiDigit):
                id = cell.TrimEnd('.');
                break;
            case LineColumn.Quantity or LineColumn.Price or LineColumn.Amount when number is { } value:
                numbers.TryAdd(column, value);
                break;
        }
    }

    /// <summary>How many, and for how much.</summary>
    public bool IsPriced =>
        numbers.ContainsKey(LineColumn.Quantity) && (numbers.ContainsKey(LineColumn.Price) || numbers.ContainsKey(LineColumn.Amount));

    /// <summary>An amount and one thing more; where the document has no amounts, a quantity.</summary>
    public bool IsLine(LineColumns columns)
    {
        var named = text is not null || articles.Count > 0;
        if (!columns.Has(LineColumn.Amount))
        {
            return numbers.ContainsKey(LineColumn.Quantity) && named;
        }

        var priced = numbers.ContainsKey(LineColumn.Quantity) || numbers.ContainsKey(LineColumn.Price);
        var expected = columns.Has(LineColumn.Quantity) && columns.Has(LineColumn.Price);
        return numbers.ContainsKey(LineColumn.Amount) && (named || numbers.Count > 1) && (priced || !expected);
    }

    public LineItem ToLine(PageRow row) => new(id, Value(LineColumn.Quantity), Value(LineColumn.Price), Value(LineColumn.Amount), row.Place)
    {
        Items = text is null ? [] : [text],
        Articles = [.. articles],
    };

    private decimal? Value(LineColumn column) => numbers.TryGetValue(column, out var number) ? number : null;

    // One word in capitals with a figure or a dash in it: "TC-12OZ", "PPW-PLATE", "100482".
    [GeneratedRegex(@"^\s*(?=\S*[\d-])[A-Z\d][A-Z\d./_-]{1,29}\s*$")]
    private static partial Regex Code();
}
