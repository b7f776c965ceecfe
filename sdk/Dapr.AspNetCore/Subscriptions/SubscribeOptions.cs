namespace Dapr;

/// <summary>Defaults of all subscriptions.</summary>
public class SubscribeOptions
{
    /// <summary>Whether messages of topics are not CloudEvents, where a subscription does not say.</summary>
    public bool EnableRawPayload { get; set; }
}
