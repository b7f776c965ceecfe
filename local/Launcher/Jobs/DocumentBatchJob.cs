using System.Diagnostics;
using System.Text.Json;
using Google.Protobuf;
using Orchestration.Client;
using Orchestration.Contracts;

namespace Launcher.Jobs;

/// <summary>Processes every file of a folder as one batch: uploads, runs the batch plan, shows progress, writes the report.</summary>
internal sealed class DocumentBatchJob(string planFile, string folder, string output) : IJob
{
    public bool HasBegun { get; private set; }

    public async Task<int> RunAsync(OrchestrationClient client, Screen screen, CancellationToken cancellationToken)
    {
        var source = new DocumentFolder(folder, (name, why) => screen.Line($"  {name} is left out: {why}"));
        var files = source.Files();
        var clock = Stopwatch.StartNew();
        var batch = $"batch-{Guid.NewGuid():N}";
        var documents = await source.UploadAsync(client, batch, files, cancellationToken);
        screen.Line($"Uploaded {documents.Count} of {files.Count} documents from {folder} in {clock.Elapsed.TotalSeconds:0.0} s");
        if (documents.Count == 0)
        {
            return 1;
        }

        var inputs = DocumentFolder.InputsOf(documents);
        inputs["source"] = folder;
        var request = new SubmitRunRequest
        {
            Document = await InputFile.ReadPlanAsync(planFile, cancellationToken),
            Inputs = ByteString.CopyFrom(JsonSerializer.SerializeToUtf8Bytes(inputs)),
            RequestId = batch,
        };
        HasBegun = true;
        var runId = await Submission.SubmitAsync(client, request, screen, cancellationToken);
        if (runId is null)
        {
            HasBegun = false;
            return 1;
        }

        var progress = new BatchProgress(runId, [.. documents.Select(document => document!["name"]!.GetValue<string>())], screen);
        await foreach (var happened in client.WatchAsync(runId, includeChildren: true, isAccepted: true, cancellationToken))
        {
            progress.Apply(happened);
        }

        var result = await BatchReport.WriteAsync(client, screen, progress, clock.Elapsed, output, cancellationToken);
        return documents.Count < files.Count ? 1 : result;
    }
}
