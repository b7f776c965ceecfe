using System.Text.Json.Nodes;
using Orchestration.Client;

namespace Launcher.Jobs;

/// <summary>Brings a file of this machine to where agents find it.</summary>
internal static class Upload
{
    /// <summary>Uploads a file and returns what stands for it in inputs: <c>{"$blob": …, "size": n}</c>.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static async Task<JsonObject> FileAsync(OrchestrationClient client, string collection, string path, CancellationToken cancellationToken)
    {
        var content = await File.ReadAllBytesAsync(path, cancellationToken);
        var reference = await Patience.CallAsync(() => client.UploadAsync(collection, content, cancellationToken), cancellationToken);
        return new JsonObject { ["$blob"] = reference.Blob, ["size"] = reference.Size };
    }
}
