using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestration.Client;

namespace Cli;

/// <summary>Where results go: lines and tables for people, or JSON for scripts.</summary>
internal sealed class Output(TextWriter writer, bool isJson)
{
    private const int Gap = 2;
    private static readonly JsonSerializerOptions Compact = new(ReadableJson.Options) { WriteIndented = false };

    public bool IsJson => isJson;

    /// <summary>A line for people; nothing for scripts. What comes from outside cannot steer the terminal.</summary>
    public void Line(string text = "")
    {
        if (!isJson)
        {
            writer.WriteLine(Printable.Line(text));
        }
    }

    /// <summary>The result of a command for scripts; nothing for people.</summary>
    public void Json(JsonNode? value)
    {
        if (isJson)
        {
            writer.WriteLine(value?.ToJsonString(ReadableJson.Options) ?? "null");
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
            writer.WriteLine(JsonSerializer.Serialize(value, ReadableJson.Options));
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

        List<IReadOnlyList<string>> all = [head, .. rows.Select(row => row.Select(Printable.Line).ToList())];
        var widths = head.Select((_, column) => all.Max(row => row[column].Length)).ToList();
        foreach (var row in all)
        {
            writer.WriteLine(string.Concat(row.Select((cell, column) => cell.PadRight(widths[column] + Gap))).TrimEnd());
        }
    }
}
