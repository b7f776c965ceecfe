using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Dapr.AspNetCore;

/// <summary>Replaces the body of a CloudEvents request by its data, for the rest of the pipeline.</summary>
internal sealed class CloudEventsMiddleware(RequestDelegate next, CloudEventsMiddlewareOptions options)
{
    private const string JsonType = "application/json";

    public async Task InvokeAsync(HttpContext context)
    {
        if (!IsCloudEvent(context.Request))
        {
            await next(context);
            return;
        }

        JsonDocument envelope;
        try
        {
            envelope = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        }
        catch (JsonException)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        using (envelope)
        {
            await UnwrapAsync(context, envelope.RootElement);
        }
    }

    private async Task UnwrapAsync(HttpContext context, JsonElement envelope)
    {
        if (envelope.ValueKind != JsonValueKind.Object || (Has(envelope, "data", out _) && Has(envelope, "data_base64", out _)))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        if (Data(envelope) is not var (body, contentType))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var originalBody = context.Request.Body;
        var originalType = context.Request.ContentType;
        AddHeaders(context.Request, envelope);
        try
        {
            context.Request.Body = new MemoryStream(body);
            context.Request.ContentType = contentType;
            await next(context);
        }
        finally
        {
            context.Request.Body = originalBody;
            context.Request.ContentType = originalType;
        }
    }

    /// <summary>Null when it cannot be decoded.</summary>
    private (byte[] Body, string? ContentType)? Data(JsonElement envelope)
    {
        var declared = DeclaredType(envelope);
        if (Has(envelope, "data", out var data))
        {
            return Json(data, declared);
        }

        if (!Has(envelope, "data_base64", out var binary))
        {
            return ([], null);
        }

        return binary.ValueKind == JsonValueKind.String && binary.TryGetBytesFromBase64(out var bytes)
            ? (bytes, declared ?? JsonType)
            : null;
    }

    private (byte[] Body, string ContentType) Json(JsonElement data, string? declared)
    {
        if (data.ValueKind != JsonValueKind.String || declared is null || IsJson(declared))
        {
            return (JsonSerializer.SerializeToUtf8Bytes(data), declared ?? JsonType);
        }

        return options.SuppressJsonDecodingOfTextPayloads
            ? (JsonSerializer.SerializeToUtf8Bytes(data), JsonType)
            : (Encoding.UTF8.GetBytes(data.GetString()!), declared);
    }

    private void AddHeaders(HttpRequest request, JsonElement envelope)
    {
        if (!options.ForwardCloudEventPropertiesAsHeaders)
        {
            return;
        }

        foreach (var property in envelope.EnumerateObject().Where(p => IsForwarded(p.Name)))
        {
            request.Headers[$"Cloudevent.{property.Name.ToLowerInvariant()}"] =
                property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString() : property.Value.GetRawText();
        }
    }

    private bool IsForwarded(string property) =>
        property is not ("data" or "data_base64")
        && options.IncludedCloudEventPropertiesAsHeaders?.Contains(property, StringComparer.OrdinalIgnoreCase) is not false
        && options.ExcludedCloudEventPropertiesFromHeaders?.Contains(property, StringComparer.OrdinalIgnoreCase) is not true;

    private static bool IsCloudEvent(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("application/cloudevents+json", StringComparison.OrdinalIgnoreCase);

    private static bool IsJson(string contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (type.MediaType.Equals(JsonType, StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase));

    private static string? DeclaredType(JsonElement envelope) =>
        Has(envelope, "datacontenttype", out var type) && type.ValueKind == JsonValueKind.String ? WithoutCharset(type.GetString()!) : null;

    private static string WithoutCharset(string contentType)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type))
        {
            return contentType;
        }

        // The data is passed on in UTF-8, whatever it was.
        type.Charset = null;
        return type.ToString();
    }

    private static bool Has(JsonElement envelope, string name, out JsonElement value) =>
        envelope.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
}
