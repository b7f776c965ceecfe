using System.Text.Json;
using Google.Protobuf;
using Orchestration.Client;
using Orchestration.Contracts;

namespace Launcher.Jobs;

/// <summary>Runs one plan and writes its result.</summary>
internal sealed class PlanJob(string planFile, string? inputFile, string output) : IJob
{
    public bool HasBegun { get; private set; }

    public async Task<int> RunAsync(OrchestrationClient client, Screen screen, CancellationToken cancellationToken)
    {
        var request = $"plan-{Guid.NewGuid():N}";
        var submission = new SubmitRunRequest
        {
            Document = await InputFile.ReadPlanAsync(planFile, cancellationToken),
            RequestId = request,
            Inputs = inputFile is null
                ? ByteString.Empty
                : ByteString.CopyFrom(await InputFile.ReadInputsAsync(client, request, inputFile, cancellationToken)),
        };
        HasBegun = true;
        var runId = await Submission.SubmitAsync(client, submission, screen, cancellationToken);
        if (runId is null)
        {
            HasBegun = false;
            return 1;
        }

        RunEnded? ended = null;
        await foreach (var happened in client.WatchAsync(runId, includeChildren: false, isAccepted: true, cancellationToken))
        {
            var failure = happened.StepEnded?.Failure ?? happened.StepWaiting?.Failure;
            var reason = failure is null ? "" : $"  {failure.Code}: {failure.Message}";
            screen.Line($"{happened.Time?.ToDateTimeOffset():HH:mm:ss.fff}  {happened.Type,-18} {happened.StepId}{State(happened)}{reason}");
            ended = happened.RunEnded ?? ended;
        }

        return await WriteAsync(client, screen, runId, ended!, cancellationToken);
    }

    private static string State(RunEvent happened) => happened.RunEnded is { } ended ? StateText.Of(ended.State) : "";

    private async Task<int> WriteAsync(
        OrchestrationClient client, Screen screen, string runId, RunEnded ended, CancellationToken cancellationToken)
    {
        if (ended.Failure is { } failure)
        {
            screen.Line($"{StateText.Of(ended.State)}: {failure.Code}: {failure.Message}");
        }

        var value = await client.ReadValueAsync(ended.Output.Memory, cancellationToken);
        var file = Path.Combine(output, runId + ".json");
        Directory.CreateDirectory(output);
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(value, ReadableJson.Options), cancellationToken);
        screen.Line($"{runId}: {StateText.Of(ended.State)}; its output is in {file}");
        return StateText.IsSuccess(ended.State) ? 0 : 1;
    }
}
