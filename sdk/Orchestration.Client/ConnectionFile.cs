using System.Text.Json;

namespace Orchestration.Client;

/// <summary>How to reach a running system, as a launcher leaves it for the programs of the same person. It holds secrets.</summary>
/// <param name="Address">gRPC address of the orchestrator's sidecar.</param>
/// <param name="ApiKey">API key of the caller.</param>
/// <param name="DaprApiToken">Token of the sidecar; null when it asks for none.</param>
public sealed record ConnectionFile(Uri Address, string ApiKey, string? DaprApiToken)
{
    /// <summary>Name of the file in the data folder of a system.</summary>
    public const string Name = "connection.json";

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">It cannot be read, or is not such a file.</exception>
    public static ConnectionFile Read(string path)
    {
        try
        {
            using var content = File.OpenRead(path);
            return Read(path, content);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new InputException(File.Exists(path) ? $"{path}: {problem.Message}" : $"{path}: no such file");
        }
    }

    /// <summary>Reads a file that is open.</summary>
    /// <param name="path">Its name, for messages.</param>
    /// <param name="content">Its content.</param>
    /// <exception cref="InputException">It is not such a file.</exception>
    public static ConnectionFile Read(string path, Stream content)
    {
        try
        {
            return JsonSerializer.Deserialize<ConnectionFile>(content, Format) is { Address.IsAbsoluteUri: true, ApiKey.Length: > 0 } connection
                ? connection
                : throw new InputException($"{path}: address or apiKey is missing");
        }
        catch (JsonException problem)
        {
            throw InputException.NotJson(path, problem);
        }
    }

    /// <summary>Writes the file so that only its owner can read it. Readers see the old file or the new one, never a part.</summary>
    /// <param name="path">The file.</param>
    public void Write(string path) => OwnFile.Write(path, file => JsonSerializer.Serialize(file, this, Format));
}
