using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestration.Contracts;

namespace Orchestration.Client;

/// <summary>
/// Files of the caller's machine on their way into a run: plans, and inputs that name other files as <c>{"$file": "path"}</c>.
/// Services never open a caller's path, so such files are uploaded and references put in their place.
/// </summary>
public static class InputFile
{
    private const string FileKey = "$file";
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a plan, YAML or JSON in UTF-8.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InputException">The file cannot be read or is no text.</exception>
    public static async Task<PlanDocument> ReadPlanAsync(string path, CancellationToken cancellationToken)
    {
        var content = await ReadAsync(path, cancellationToken);
        try
        {
            return new PlanDocument { Text = Strict.GetString(content), SourceName = Path.GetFileName(path) };
        }
        catch (DecoderFallbackException problem)
        {
            throw new InputException($"{path}:{LineOf(content, problem.Index)}: not a text in UTF-8; a plan is YAML or JSON");
        }
    }

    /// <summary>Reads the inputs of a run, a JSON file, and uploads what it names. Paths are relative to that file.</summary>
    /// <param name="client">Where to.</param>
    /// <param name="collection">What the uploads are kept with, for example the request id of the run.</param>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops; what was uploaded stays until its collection is removed.</param>
    /// <returns>UTF-8 JSON as it is submitted.</returns>
    /// <exception cref="InputException">The file is no JSON, or a file it names cannot be read.</exception>
    public static async Task<byte[]> ReadInputsAsync(
        OrchestrationClient client, string collection, string path, CancellationToken cancellationToken)
    {
        var inputs = await ReadJsonAsync(path, cancellationToken);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var replaced = await ReplaceAsync(inputs, async named =>
        {
            try
            {
                return await UploadAsync(client, collection, Path.Combine(folder, named), cancellationToken);
            }
            catch (InputException problem)
            {
                throw new InputException($"{path}: {{\"{FileKey}\": \"{named}\"}}: {problem.Message}");
            }
        }, path);
        return JsonSerializer.SerializeToUtf8Bytes(replaced);
    }

    /// <summary>Reads a JSON file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InputException">The file cannot be read or is no JSON.</exception>
    public static async Task<JsonNode?> ReadJsonAsync(string path, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> content = await ReadAsync(path, cancellationToken);
        try
        {
            return JsonNode.Parse(
                content.Span.StartsWith(Encoding.UTF8.Preamble) ? content[Encoding.UTF8.Preamble.Length..].Span : content.Span);
        }
        catch (JsonException problem)
        {
            throw InputException.NotJson(path, problem);
        }
    }

    /// <summary>Uploads a file and returns what stands for it in inputs: <c>{"$blob": …, "size": n}</c>.</summary>
    /// <param name="client">Where to.</param>
    /// <param name="collection">What the content is kept with.</param>
    /// <param name="path">The file, at most <see cref="OrchestrationClient.LargestUpload"/> bytes.</param>
    /// <param name="cancellationToken">Stops the upload; nothing is kept.</param>
    /// <exception cref="InputException">The file cannot be read, or is too large.</exception>
    public static async Task<JsonObject> UploadAsync(
        OrchestrationClient client, string collection, string path, CancellationToken cancellationToken)
    {
        var content = await ReadAsync(path, cancellationToken);
        var reference = await client.UploadAsync(collection, content, cancellationToken);
        return new JsonObject { ["$blob"] = reference.Blob, ["size"] = reference.Size };
    }

    private static async Task<byte[]> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var size = new FileInfo(path).Length;
            return size <= OrchestrationClient.LargestUpload
                ? await File.ReadAllBytesAsync(path, cancellationToken)
                : throw new InputException(
                    $"{path}: {size} bytes are too many; a file has at most {OrchestrationClient.LargestUpload >> 20} MiB");
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException(Directory.Exists(path) ? $"{path}: it is a folder, not a file" : $"{path}: no such file");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: {problem.Message}");
        }
    }

    private static async Task<JsonNode?> ReplaceAsync(JsonNode? node, Func<string, Task<JsonObject>> upload, string source)
    {
        switch (node)
        {
            case JsonObject { Count: 1 } file when file.ContainsKey(FileKey):
                return await upload(NamedFile(file, source));
            case JsonObject members:
                var copy = new JsonObject();
                foreach (var (name, member) in members)
                {
                    copy[name] = await ReplaceAsync(member, upload, source);
                }

                return copy;
            case JsonArray items:
                var list = new JsonArray();
                foreach (var item in items)
                {
                    list.Add(await ReplaceAsync(item, upload, source));
                }

                return list;
            default:
                return node?.DeepClone();
        }
    }

    private static string NamedFile(JsonObject file, string source)
        => file[FileKey] is JsonValue value && value.TryGetValue<string>(out var path) && path.Length > 0
            ? path
            : throw new InputException($"{source}: {file.GetPath()}: the path of a file is expected in {file.ToJsonString()}");

    private static int LineOf(byte[] content, int index) => content.AsSpan(0, Math.Clamp(index, 0, content.Length)).Count((byte)'\n') + 1;
}
