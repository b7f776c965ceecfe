using System.Text.Json.Nodes;
using DocumentAgents.Facts;
using DocumentAgents.Reading;

namespace DocumentAgents.Layout;

/// <summary>Finds the output of a text recognition in JSON or csv: words, each with two or four corners.</summary>
internal static class WordBoxes
{
    private static readonly string[] TextNames = ["text", "word", "words", "value", "transcription", "content", "description"];
    private static readonly string[] BoxNames =
        ["bbox", "box", "bounding_box", "boundingbox", "quad", "points", "polygon", "bboxes", "boxes"];

    /// <summary>The words; empty when the document holds none.</summary>
    public static IReadOnlyList<BoxedWord> Find(DocumentContent content) => content.Format switch
    {
        DocumentFormat.Csv => FromRows(content.Tables.FirstOrDefault()),
        DocumentFormat.Json => FromJson(content.Json, "$"),
        _ => [],
    };

    private static List<BoxedWord> FromRows(Table? table)
    {
        var words = new List<BoxedWord>();
        for (var row = 0; row < (table?.Rows.Length ?? 0); row++)
        {
            var cells = table!.Rows[row];
            var numbers = cells.TakeWhile(cell => Amount.Invariant(cell) is not null).Take(8)
                .Select(cell => (double)Amount.Invariant(cell)!.Value).ToList();
            if (cells.Length > 8 && numbers.Count == 8)
            {
                words.Add(Word(string.Join(',', cells[8..]), numbers, table.PlaceOf(row, 8)));
            }
        }

        return words.Count > 2 && words.Count * 10 >= table!.Rows.Length * 9 ? words : [];
    }

    private static IReadOnlyList<BoxedWord> FromJson(JsonNode? node, string path)
    {
        if (node is JsonObject parallel && Parallel(parallel, path) is { Count: > 2 } words)
        {
            return words;
        }

        if (node is JsonArray list && list.Count > 2 && Listed(list, path) is { Count: > 2 } items)
        {
            return items;
        }

        return node is JsonObject outer
            ? outer.Select(member => member.Value is JsonObject or JsonArray ? FromJson(member.Value, $"{path}.{member.Key}") : [])
                .FirstOrDefault(found => found.Count > 0, [])
            : [];
    }

    // { "words": [...], "bboxes": [...] }
    private static List<BoxedWord> Parallel(JsonObject node, string path)
    {
        var (textName, texts) = Member(node, TextNames);
        var (_, boxes) = Member(node, BoxNames);
        if (texts is not JsonArray textList || boxes is not JsonArray boxList || textList.Count != boxList.Count)
        {
            return [];
        }

        var words = new List<BoxedWord>();
        for (var index = 0; index < textList.Count; index++)
        {
            if (Numbers(boxList[index]) is { Count: 4 or 8 } numbers && textList[index] is JsonValue text)
            {
                words.Add(Word(text.ToString(), numbers, Place.Json($"{path}.{textName}[{index}]")));
            }
        }

        return words;
    }

    // [ { "text": "...", "box": [...] }, ... ]
    private static List<BoxedWord> Listed(JsonArray list, string path)
    {
        var words = new List<BoxedWord>();
        for (var index = 0; index < list.Count; index++)
        {
            if (list[index] is JsonObject item && Member(item, TextNames).Value is JsonValue text
                && Numbers(Member(item, BoxNames).Value) is { Count: 4 or 8 } numbers)
            {
                words.Add(Word(text.ToString(), numbers, Place.Json($"{path}[{index}]")));
            }
        }

        return words.Count * 10 >= list.Count * 9 ? words : [];
    }

    private static (string Name, JsonNode? Value) Member(JsonObject node, string[] names)
    {
        foreach (var (name, value) in node)
        {
            if (names.Contains(name.ToLowerInvariant()))
            {
                return (name, value);
            }
        }

        return ("", null);
    }

    private static List<double>? Numbers(JsonNode? node)
    {
        if (node is not JsonArray array)
        {
            return null;
        }

        var numbers = new List<double>();
        foreach (var item in array.SelectMany(item => item is JsonArray pair ? pair.ToArray() : [item]))
        {
            if (item is JsonValue value && value.TryGetValue<double>(out var number))
            {
                numbers.Add(number);
            }
        }

        return numbers;
    }

    private static BoxedWord Word(string text, List<double> numbers, Place place)
    {
        var xs = numbers.Where((_, index) => index % 2 == 0).ToList();
        var ys = numbers.Where((_, index) => index % 2 == 1).ToList();
        return new(text, xs.Min(), ys.Min(), xs.Max(), ys.Max(), place);
    }
}
