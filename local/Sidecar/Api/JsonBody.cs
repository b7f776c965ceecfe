using System.Text.Json;
using Grpc.Core;

namespace Sidecar.Api;

/// <summary>Reads request bodies as daprd does: as JSON whatever their content type says.</summary>
internal static class JsonBody
{
    /// <exception cref="RpcException">It is not JSON of this shape.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext context)
        where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(context.Request.Body, JsonSerializerOptions.Web, context.RequestAborted)
                ?? throw Malformed("the body is null");
        }
        catch (JsonException error)
        {
            throw Malformed(error.Message);
        }
    }

    private static RpcException Malformed(string problem) =>
        new(new Status(StatusCode.InvalidArgument, $"failed deserializing HTTP body: {problem}"));
}
