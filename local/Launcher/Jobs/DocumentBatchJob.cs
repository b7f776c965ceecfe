using System.Diagnostics;
using System.IO.Enumeration;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Grpc.Core;
using Orchestration.Client;
using Orchestration.Contracts;

namespace Launcher.Jobs;

/// <summary>Processes every file of a folder as one batch: uploads, runs the batch plan, shows progress, writes the report.</summary>
internal sealed class DocumentBatchJob(string planFile, string folder, string output) : IJob
{
    private const int ParallelUploads = 8;

    public bool HasBegun { get; private set; }

    public async Task<int> RunAsync(OrchestrationClient client, Screen screen, CancellationToken cancellationToken)
    {
        var files = Files(screen);
        var clock = Stopwatch.StartNew();
        var batch = $"batch-{Guid.NewGuid():N}";
        var documents = await UploadAsync(client, screen, batch, files, cancellationToken);
        screen.Line($"Uploaded {documents.Count} of {files.Count} documents from {folder} in {clock.Elapsed.TotalSeconds:0.0} s");
        if (documents.Count == 0)
        {
            return 1;
        }

        var request = new SubmitRunRequest
        {
            Document = await InputFile.ReadPlanAsync(planFile, cancellationToken),
            Inputs = ByteString.CopyFrom(JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["documents"] = documents })),
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

    private List<string> Files(Screen screen)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };
        var found = new FileSystemEnumerable<string>(folder, (ref entry) => entry.ToFullPath(), options)
        {
            ShouldIncludePredicate = (ref entry) => !entry.IsDirectory || IsLink(ref entry),
            ShouldRecursePredicate = (ref entry) => !IsLink(ref entry),
        };
        var files = new List<string>();
        foreach (var path in found.Order(StringComparer.Ordinal))
        {
            if (Flaw(path) is { } flaw)
            {
                screen.Line($"  {Path.GetRelativePath(folder, path)} is left out: {flaw}");
            }
            else
            {
                files.Add(path);
            }
        }

        return files.Count > 0 ? files : throw new LaunchException($"--documents {folder}: the folder holds no files");
    }

    // What is no UTF-8 in a name is read as a mark, and there is no file of that name.
    private static string? Flaw(string path) =>
        path.Contains('\uFFFD', StringComparison.Ordinal) && !Path.Exists(path) ? "its name is not UTF-8"
        : RegularFile.Is(path) ? null
        : "it is a link, a pipe, a socket or a device, not a file";

    private static bool IsLink(ref FileSystemEntry entry) => entry.Attributes.HasFlag(FileAttributes.ReparsePoint);

    /// <summary>A file that cannot be uploaded is named and left out; the others go on.</summary>
    private async Task<JsonArray> UploadAsync(
        OrchestrationClient client, Screen screen, string collection, List<string> files, CancellationToken cancellationToken)
    {
        var documents = new JsonObject?[files.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = ParallelUploads, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, files.Count, options, async (index, cancellation) =>
        {
            var name = Path.GetRelativePath(folder, files[index]).Replace('\\', '/');
            try
            {
                documents[index] = new JsonObject { ["name"] = name, ["content"] = await InputFile.UploadAsync(client, collection, files[index], cancellation) };
            }
            catch (Exception problem) when (problem is InputException or RpcException { StatusCode: StatusCode.InvalidArgument or StatusCode.ResourceExhausted })
            {
                screen.Line($"  {name} is left out: {problem.Message}");
            }
        });
        return [.. documents.OfType<JsonObject>()];
    }
}
