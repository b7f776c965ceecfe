using Agents.Tests.Documents;
using Xunit;

namespace Agents.Tests.Receipt;

/// <summary>The output of a text recognition: words with boxes, in any order.</summary>
public class WordBoxTests
{
    private static readonly (string Text, int Left, int Top)[] Words =
    [
        ("KEDAI RUNCIT MAJU SDN BHD", 100, 10), ("(123456-X)", 180, 40), ("TEL: 03-123 4567", 150, 70), ("TAX INVOICE", 180, 100), ("DATE: 05/06/2018", 20, 130), ("12:01", 300, 131),
        ("RICE 5KG", 20, 160), ("22.50", 400, 161), ("EGGS", 20, 190), ("11.00", 400, 191), ("33.50", 400, 221), ("TOTAL", 20, 220), ("RM", 340, 222), ("CASH", 20, 250), ("40.00", 400, 250), ("CHANGE", 20, 280),
        ("6.50", 400, 281), ("THANK YOU", 150, 310), ("GOODS SOLD ARE NOT RETURNABLE", 60, 340),
    ];

    [Fact]
    public void Read_JsonWithParallelLists_IsAReceipt() =>
        AssertReceipt(Extracting.From(
            "r.json", $$"""{"words": [{{string.Join(',', Words.Select(word => $"\"{word.Text}\""))}}], "bboxes": [{{string.Join(',', Words.Select(Box))}}]}"""));

    [Fact]
    public void Read_JsonWithAListOfWords_IsAReceipt() =>
        AssertReceipt(Extracting.From(
            "r.json", $$"""{"page": 1, "items": [{{string.Join(',', Words.Select(word => $$"""{"text": "{{word.Text}}", "box": {{Box(word)}}}"""))}}]}"""));

    [Fact]
    public void Read_CsvWithCorners_IsAReceipt() =>
        AssertReceipt(Extracting.From("r.csv", string.Concat(Words.Select(word =>
            $"{word.Left},{word.Top},{Right(word)},{word.Top},{Right(word)},{word.Top + 20},{word.Left},{word.Top + 20},{word.Text}\n"))));

    private static void AssertReceipt(DocumentAgents.Processing.ProcessedDocument document)
    {
        Assert.Null(document.Failure);
        var found = document.Extraction!;
        Assert.Equal(("receipt", "KEDAI RUNCIT MAJU SDN BHD", "2018-06-05", "33.50", "MYR"), (
            document.Type, found.Value("company"), found.Value("date"), found.Value("total"), found.Value("currency")));
    }

    private static string Box((string Text, int Left, int Top) word) => $"[{word.Left}, {word.Top}, {Right(word)}, {word.Top + 20}]";

    private static int Right((string Text, int Left, int Top) word) => word.Left + (word.Text.Length * 10);
}
