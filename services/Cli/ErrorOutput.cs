using System.Text.Json.Nodes;
using Orchestration.Client;

namespace Cli;

/// <summary>
/// Where problems go: lines for people, or for scripts a JSON object in a line of its own with <c>code</c> and <c>message</c>.
/// </summary>
internal sealed class ErrorOutput(TextWriter writer, bool isJson)
{
    // Several uploads may tell of theirs at once.
    private readonly Lock _writing = new();

    public void Tell(string code, string message) => Write(message, () => New(code, message));

    /// <summary>Those of a plan add <c>problems</c>, each with path and line.</summary>
    public void Tell(CliException problem)
    {
        var lines = problem.Problems.Select(one => $"\n{Printable.Line(ProblemText.Line(problem.Named, one))}");
        Write(problem.Message + (problem.Problems.Count > 0 ? ":" : "") + string.Concat(lines), () =>
        {
            var json = New(problem.Code, problem.Message);
            if (problem.Problems.Count > 0)
            {
                json["problems"] = new JsonArray([.. problem.Problems.Select(ContractJson.Of)]);
            }

            return json;
        });
    }

    private void Write(string text, Func<JsonObject> json)
    {
        lock (_writing)
        {
            writer.WriteLine(isJson ? json().ToJsonString(ReadableJson.OneLine) : Printable.Lines(text));
        }
    }

    private static JsonObject New(string code, string message) => new() { ["code"] = code, ["message"] = message };
}
