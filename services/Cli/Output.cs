using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestration.Client;

namespace Cli;

/// <summary>Where results go: lines and tables for people, or JSON for scripts.</summary>
/// <param name="writer">Where they go.</param>
/// <param name="isJson">True for scripts.</param>
/// <param name="width">Asked for the columns of the terminal that shows them, which may change; null for none.</param>
internal sealed class Output(TextWriter writer, bool isJson, Func<int>? width = null)
{
    // A terminal need not know its size.
    private const int DefaultWidth = 80;
    private const int Gap = 2;

    private int _passing;

    public bool IsJson => isJson;

    /// <summary>True when somebody looks at the lines as they come.</summary>
    public bool IsTerminal => width is not null && !isJson;

    // The last column is left free: a terminal may begin a new row after it.
    private int LongestPassing => width is null ? 0 : width() - 1;

    public static Output Of(TextWriter writer, bool isJson)
    {
        var isTerminal = !Console.IsOutputRedirected && ReferenceEquals(writer, Console.Out);
        return new Output(writer, isJson, isTerminal ? () => Console.WindowWidth is > 1 and var columns ? columns : DefaultWidth : null);
    }

    /// <summary>A line that the next one replaces; nothing where nobody looks at it.</summary>
    public void Passing(string text)
    {
        if (IsTerminal)
        {
            var (line, longest) = (Printable.Line(text), LongestPassing);
            var shown = line.Length <= longest ? line : line[..longest];
            writer.Write($"\r{shown.PadRight(Math.Min(_passing, longest))}");
            _passing = shown.Length;
        }
    }

    /// <summary>A line for people; nothing for scripts. What comes from outside cannot steer the terminal.</summary>
    public void Line(string text = "")
    {
        if (!isJson)
        {
            Erase();
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
            writer.WriteLine(value?.ToJsonString(ReadableJson.OneLine) ?? "null");
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

    /// <summary>Takes away the last passing line.</summary>
    public void Erase()
    {
        if (_passing > 0)
        {
            writer.Write($"\r{new string(' ', Math.Min(_passing, LongestPassing))}\r");
            _passing = 0;
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
