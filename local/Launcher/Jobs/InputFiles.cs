using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestration.Client;

namespace Launcher.Jobs;

/// <summary>
/// Inputs name files as <c>{"$file": "path"}</c>, relative to the file of the inputs. The launcher uploads them and puts
/// references in their place: services never open a caller's path.
/// </summary>
internal static class InputFiles
{
    private const string Key = "$file";

    /// <summary>The inputs as they are submitted, UTF-8 JSON.</summary>
    /// <exception cref="LaunchException">The inputs are no JSON, or a file they name cannot be read.</exception>
    public static async Task<byte[]> UploadAsync(OrchestrationClient client, string collection, string inputFile, CancellationToken cancellationToken)
    {
        try
        {
            var inputs = JsonNode.Parse(await File.ReadAllBytesAsync(inputFile, cancellationToken));
            var replaced = await ReplaceAsync(inputs, path => Upload.FileAsync(
                client, collection, Path.Combine(Path.GetDirectoryName(inputFile)!, path), cancellationToken));
            return JsonSerializer.SerializeToUtf8Bytes(replaced);
        }
        catch (Exception problem) when (problem is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new LaunchException($"{inputFile}: {problem.Message}");
        }
    }

    private static async Task<JsonNode?> ReplaceAsync(JsonNode? node, Func<string, Task<JsonObject>> upload)
    {
        switch (node)
        {
            case JsonObject { Count: 1 } file when file[Key] is JsonValue path:
                return await upload(path.GetValue<string>());
            case JsonObject members:
                var copy = new JsonObject();
                foreach (var (name, value) in members)
                {
                    copy[name] = await ReplaceAsync(value, upload);
                }

                return copy;
            case JsonArray items:
                var list = new JsonArray();
                foreach (var item in items)
                {
                    list.Add(await ReplaceAsync(item, upload));
                }

                return list;
            default:
                return node?.DeepClone();
        }
    }
}
