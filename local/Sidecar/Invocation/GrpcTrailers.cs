using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Sidecar.Invocation;

/// <summary>gRPC status codes that the sidecar answers with where no gRPC service is involved.</summary>
internal enum GrpcCode
{
    Unknown = 2,
    Unimplemented = 12,
    Internal = 13,
    Unavailable = 14,
    Unauthenticated = 16,
}

/// <summary>Ends a gRPC call with a status, whether its answer has begun or not.</summary>
internal static class GrpcTrailers
{
    public static void Fail(HttpContext context, GrpcCode code, string message)
    {
        var number = ((int)code).ToString(CultureInfo.InvariantCulture);
        if (!context.Response.HasStarted)
        {
            context.Response.Headers.Clear();
            context.Response.StatusCode = StatusCodes.Status200OK;
            context.Response.ContentType = "application/grpc";
            context.Response.Headers["grpc-status"] = number;
            context.Response.Headers["grpc-message"] = Encode(message);
        }
        else if (context.Features.Get<IHttpResponseTrailersFeature>() is { Trailers.IsReadOnly: false } feature)
        {
            feature.Trailers["grpc-status"] = number;
            feature.Trailers["grpc-message"] = Encode(message);
        }
        else
        {
            context.Abort();
        }
    }

    /// <summary>Percent-encoding as gRPC wants it: printable ASCII stays.</summary>
    private static string Encode(string message)
    {
        var text = new StringBuilder(message.Length);
        foreach (var part in Encoding.UTF8.GetBytes(message))
        {
            if (part is >= 0x20 and <= 0x7E and not (byte)'%')
            {
                text.Append((char)part);
            }
            else
            {
                text.Append('%').Append(part.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return text.ToString();
    }
}
