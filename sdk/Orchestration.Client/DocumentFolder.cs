using System.IO.Enumeration;
using System.Text.Json.Nodes;
using Grpc.Core;

namespace Orchestration.Client;

/// <summary>The files of a folder as the input of a batch: <c>{"documents": [{"name": …, "content": …}]}</c>.</summary>
/// <param name="folder">The folder; those below it belong to it.</param>
/// <param name="leftOut">Told of each file that is left out: its name, and why.</param>
internal sealed class DocumentFolder(string folder, Action<string, string> leftOut)
{
    private const int ParallelUploads = 8;

    /// <summary>The files in order of their names, without what is none.</summary>
    /// <exception cref="InputException">There is no such folder, or no file in it.</exception>
    public IReadOnlyList<string> Files()
    {
        var files = new List<string>();
        foreach (var path in Enumerate())
        {
            if (Flaw(path) is { } flaw)
            {
                leftOut(Path.GetRelativePath(folder, path), flaw);
            }
            else
            {
                files.Add(path);
            }
        }

        return files.Count > 0 ? files : throw new InputException($"{folder}: the folder holds no files");
    }

    /// <summary>Uploads the files. One that cannot be uploaded is left out; the others go on.</summary>
    /// <param name="client">Where to.</param>
    /// <param name="collection">What the content is kept with, for example the request id of the run.</param>
    /// <param name="files">As found by <see cref="Files"/>.</param>
    /// <param name="cancellationToken">Stops; what was uploaded stays until its collection is removed.</param>
    /// <returns>Names and contents in the order of the files.</returns>
    public async Task<JsonArray> UploadAsync(
        OrchestrationClient client, string collection, IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        var documents = new JsonObject?[files.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = ParallelUploads, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, files.Count, options, async (index, cancellation) =>
        {
            var name = Path.GetRelativePath(folder, files[index]).Replace('\\', '/');
            try
            {
                documents[index] = new JsonObject
                    { ["name"] = name, ["content"] = await InputFile.UploadAsync(client, collection, files[index], cancellation) };
            }
            catch (Exception problem) when (
                problem is InputException or RpcException { StatusCode: StatusCode.InvalidArgument or StatusCode.ResourceExhausted })
            {
                leftOut(name, problem.Message);
            }
        });
        return [.. documents.OfType<JsonObject>()];
    }

    /// <summary>The inputs of a plan that takes a batch.</summary>
    public static JsonObject InputsOf(JsonArray documents) => new() { ["documents"] = documents };

    private List<string> Enumerate()
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };
        try
        {
            var found = new FileSystemEnumerable<string>(folder, (ref entry) => entry.ToFullPath(), options)
            {
                ShouldIncludePredicate = (ref entry) => !entry.IsDirectory || IsLink(ref entry),
                ShouldRecursePredicate = (ref entry) => !IsLink(ref entry),
            };
            return [.. found.Order(StringComparer.Ordinal)];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new InputException(File.Exists(folder) ? $"{folder}: it is a file, not a folder"
                : Directory.Exists(folder) ? $"{folder}: {problem.Message}" : $"{folder}: no such folder");
        }
    }

    // What is no UTF-8 in a name is read as a mark, and there is no file of that name.
    private static string? Flaw(string path) =>
        path.Contains('\uFFFD', StringComparison.Ordinal) && !Path.Exists(path) ? "its name is not UTF-8"
        : RegularFile.Is(path) ? null
        : "it is a link, a pipe, a socket or a device, not a file";

    private static bool IsLink(ref FileSystemEntry entry) => entry.Attributes.HasFlag(FileAttributes.ReparsePoint);
}
