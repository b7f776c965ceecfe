namespace Dapr.Client;

/// <summary>Sends requests for <c>http://{app id}/path</c> through the sidecar to that app.</summary>
public class InvocationHandler : DelegatingHandler
{
    private Uri _endpoint = new(DaprDefaults.GetDefaultHttpEndpoint());

    /// <summary>The sidecar's HTTP endpoint.</summary>
    public string DaprEndpoint
    {
        get => _endpoint.OriginalString;
        set
        {
            _endpoint = Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
                ? uri
                : throw new ArgumentException($"'{value}' is not an absolute http or https URI.", nameof(value));
        }
    }

    /// <summary>The app a host that differs from it only in case stands for: URIs lose the case of their host.</summary>
    public string? DefaultAppId { get; set; }

    internal string? ApiToken { get; init; }

    /// <inheritdoc />
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var original = request.RequestUri;
        request.RequestUri = Rewrite(original);
        if (!string.IsNullOrWhiteSpace(ApiToken))
        {
            request.Headers.TryAddWithoutValidation("dapr-api-token", ApiToken);
        }

        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        finally
        {
            request.RequestUri = original;
            request.Headers.Remove("dapr-api-token");
        }
    }

    private Uri Rewrite(Uri? uri)
    {
        if (uri is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
        {
            throw new ArgumentException($"'{uri}' is not an absolute http or https URI.", nameof(uri));
        }

        var appId = string.Equals(uri.Host, DefaultAppId, StringComparison.OrdinalIgnoreCase) ? DefaultAppId : uri.Host;
        return new Uri(_endpoint, $"/v1.0/invoke/{appId}/method{uri.PathAndQuery}");
    }
}
