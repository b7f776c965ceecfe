using System.Diagnostics;
using System.Text.Json;
using Google.Protobuf;
using Orchestration.Client;
using Orchestration.Contracts;

namespace Launcher.Jobs;

/// <summary>Processes every file of a folder as one batch: uploads, runs the batch plan, shows progress, writes the report.</summary>
internal sealed class DocumentBatchJob(string planFile, string folder, string output) : IJob
{
    private const int ParallelUploads = 8;

    public async Task<int> RunAsync(OrchestrationClient client, Screen screen, CancellationToken cancellationToken)
    {
        var files = Files();
        var clock = Stopwatch.StartNew();
        var batch = $"batch-{Guid.NewGuid():N}";
        var documents = await UploadAsync(client, batch, files, cancellationToken);
        screen.Line($"Uploaded {files.Count} documents from {folder} in {clock.Elapsed.TotalSeconds:0.0} s");
        var request = new SubmitRunRequest
        {
            Document = new PlanDocument { Text = await File.ReadAllTextAsync(planFile, cancellationToken), SourceName = Path.GetFileName(planFile) },
            Inputs = ByteString.CopyFrom(JsonSerializer.SerializeToUtf8Bytes(new { documents })),
            RequestId = batch,
        };
        var runId = await Submission.SubmitAsync(client, request, screen, cancellationToken);
        if (runId is null)
        {
            return 1;
        }

        var progress = new BatchProgress(runId, [.. documents.Select(document => document.Name)], screen);
        await foreach (var happened in client.WatchAsync(runId, includeChildren: true, cancellationToken))
        {
            progress.Apply(happened);
        }

        return await BatchReport.WriteAsync(client, screen, progress, clock.Elapsed, output, cancellationToken);
    }

    private List<string> Files()
    {
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        return files.Count > 0 ? files : throw new LaunchException($"--documents {folder}: the folder holds no files");
    }

    private async Task<BatchDocument[]> UploadAsync(OrchestrationClient client, string collection, List<string> files, CancellationToken cancellationToken)
    {
        var documents = new BatchDocument[files.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = ParallelUploads, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, files.Count, options, async (index, cancellation) =>
        {
            var content = await File.ReadAllBytesAsync(files[index], cancellation);
            var reference = await client.UploadAsync(collection, content, cancellation);
            var name = Path.GetRelativePath(folder, files[index]).Replace('\\', '/');
            documents[index] = new BatchDocument(name, new Dictionary<string, object> { ["$blob"] = reference.Blob, ["size"] = reference.Size });
        });
        return documents;
    }

    /// <summary>One entry of the plan's input.</summary>
    private sealed record BatchDocument(
        [property: System.Text.Json.Serialization.JsonPropertyName("name")] string Name,
        [property: System.Text.Json.Serialization.JsonPropertyName("content")] Dictionary<string, object> Content);
}
