using System.Globalization;
using System.Text.Json;
using Orchestration.Contracts;

namespace Launcher.Jobs;

/// <summary>Follows the events of a batch: one line a document, and the stages after them.</summary>
internal sealed class BatchProgress(string runId, IReadOnlyList<string> names, Screen screen)
{
    private readonly Dictionary<string, Document> _byRun = [];
    private readonly HashSet<int> _finished = [];

    /// <summary>How the batch ended; null while it runs.</summary>
    public RunEnded? Ended { get; private set; }

    public int Failed { get; private set; }

    public void Apply(RunEvent happened)
    {
        if (happened.RunId == runId)
        {
            ApplyToBatch(happened);
        }
        else if (_byRun.TryGetValue(happened.RunId, out var document))
        {
            ApplyToDocument(document, happened);
        }
    }

    private void ApplyToBatch(RunEvent happened)
    {
        switch (happened.PayloadCase)
        {
            case RunEvent.PayloadOneofCase.ChildStarted when ItemIndex(happened.StepId) is { } index && index < names.Count:
                _byRun.TryAdd(happened.ChildStarted.ChildRunId, new Document(index, happened.Time?.ToDateTime() ?? default));
                break;
            case RunEvent.PayloadOneofCase.StepStarted when ItemIndex(happened.StepId) is null:
                screen.Line($"  {happened.StepId} …");
                break;
            case RunEvent.PayloadOneofCase.RunEnded:
                Ended = happened.RunEnded;
                break;
            default:
                break;
        }
    }

    private void ApplyToDocument(Document document, RunEvent happened)
    {
        switch (happened.PayloadCase)
        {
            case RunEvent.PayloadOneofCase.StepStarted:
                screen.Active(document.Index, $"  {Position(document)} {names[document.Index]}: {happened.StepId}");
                break;
            case RunEvent.PayloadOneofCase.StepEnded when happened.StepId == "classification":
                document.Type = TypeOf(happened.StepEnded.Output.Memory) ?? document.Type;
                break;
            case RunEvent.PayloadOneofCase.RunEnded when _finished.Add(document.Index):
                Finish(document, happened);
                break;
            default:
                break;
        }
    }

    private void Finish(Document document, RunEvent happened)
    {
        var seconds = ((happened.Time?.ToDateTime() ?? document.StartedAt) - document.StartedAt).TotalSeconds;
        var failure = happened.RunEnded.Failure;
        Failed += failure is null ? 0 : 1;
        var text = failure is null ? $"{document.Type}, {seconds:0.00} s" : $"failed: {failure.Code}: {failure.Message}";
        screen.Finished(document.Index, $"  {Position(document)} {names[document.Index]}: {text}");
    }

    private string Position(Document document)
        => string.Create(CultureInfo.InvariantCulture, $"[{_finished.Count}/{names.Count}] #{document.Index + 1}");

    private static string? TypeOf(ReadOnlyMemory<byte> output)
    {
        if (output.IsEmpty)
        {
            return null;
        }

        using var json = JsonDocument.Parse(output);
        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("type", out var type)
            ? type.GetString()
            : null;
    }

    /// <summary>The item of a repeated step: 12 of "documents[12]".</summary>
    private static int? ItemIndex(string stepId)
    {
        var open = stepId.LastIndexOf('[');
        return open > 0 && int.TryParse(stepId.AsSpan(open + 1).TrimEnd(']'), CultureInfo.InvariantCulture, out var index) ? index : null;
    }

    private sealed class Document(int index, DateTime startedAt)
    {
        public int Index { get; } = index;

        public DateTime StartedAt { get; } = startedAt;

        public string Type { get; set; } = "unknown";
    }
}
