using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cli;

/// <summary>Where results go: lines and tables for people, or JSON for scripts.</summary>
internal sealed class Output(TextWriter writer, bool isJson)
{
    private const int Gap = 2;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public bool IsJson => isJson;

    /// <summary>A line for people; nothing for scripts. What comes from outside cannot steer the terminal.</summary>
    public void Line(string text = "")
    {
        if (!isJson)
        {
            writer.WriteLine(Printable(text));
        }
    }

    /// <summary>The result of a command for scripts; nothing for people.</summary>
    public void Json(JsonNode? value)
    {
        if (isJson)
        {
            writer.WriteLine(value?.ToJsonString(Indented) ?? "null");
        }
    }

    /// <summary>One of many results for scripts: a line each.</summary>
    public void JsonLine(JsonNode? value)
    {
        if (isJson)
        {
            writer.WriteLine(value?.ToJsonString(Compact) ?? "null");
        }
    }

    /// <summary>A JSON value for people, over several lines.</summary>
    public void Value(JsonElement value)
    {
        if (!isJson)
        {
            writer.WriteLine(JsonSerializer.Serialize(value, Indented));
        }
    }

    /// <summary>Text for people exactly as it is, for example a plan.</summary>
    public void Text(string text)
    {
        if (!isJson)
        {
            writer.Write(text.EndsWith('\n') ? text : text + '\n');
        }
    }

    /// <summary>A table for people; its last column may be ragged.</summary>
    public void Table(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows)
    {
        if (isJson)
        {
            return;
        }

        List<IReadOnlyList<string>> all = [head, .. rows.Select(row => row.Select(Printable).ToList())];
        var widths = head.Select((_, column) => all.Max(row => row[column].Length)).ToList();
        foreach (var row in all)
        {
            writer.WriteLine(string.Concat(row.Select((cell, column) => cell.PadRight(widths[column] + Gap))).TrimEnd());
        }
    }

    private static string Printable(string text)
        => text.Any(char.IsControl) ? string.Concat(text.Select(character => char.IsControl(character) ? '\uFFFD' : character)) : text;
}
